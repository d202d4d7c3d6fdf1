/** Told where the signature counts only as much as whoever gave the file, or runs the server. */
export const ITS_OWN = 'It is signed by a key that comes with it: whoever made one could have made both.';
