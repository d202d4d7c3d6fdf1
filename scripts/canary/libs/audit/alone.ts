// no-orphans
export const alone = 'alone';
