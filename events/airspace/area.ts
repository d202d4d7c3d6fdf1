export const areaSubject = (data: { readonly area: string }) => ({ category: 'area', id: data.area });
