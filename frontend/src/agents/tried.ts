/** The note on a revision that was saved to be tried, where its author said nothing else. */
export const TRIED = 'Saved to be tried'
