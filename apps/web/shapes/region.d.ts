declare module 'virtual:region' {
  /** SVG paths in the units of projection.ts. */
  const region: { readonly land: string; readonly borders: string };
  export default region;
}
