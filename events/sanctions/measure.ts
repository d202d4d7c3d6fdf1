export const measureSubject = (data: { readonly measure: string }) => ({
  category: 'measure',
  id: data.measure,
});
