/** The clock, the timers, the chance and the ids of the commands. */
export { systemRuntime as runtime } from '#runtime';
