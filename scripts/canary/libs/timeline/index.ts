// timeline-imports-only-what-is-below
import '#events';
export const timeline = 'timeline';
