export const warningSubject = (data: { readonly warning: string }) => ({
  category: 'warning',
  id: data.warning,
});
