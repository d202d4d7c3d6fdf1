export const claimSubject = (data: { readonly claim: string }) => ({ category: 'claim', id: data.claim });
