/** The warning where a signature proves no more than the sender of the file, or the operator of the server, says. */
export const ITS_OWN = 'It is signed by a key that comes with it: the maker of one could have made both.';
