/** The warning where a signature proves no more than the sender of the file, or the operator of the server, says. */
export const ITS_OWN = 'The key of the signature comes from the same place: its maker could have made both.';
