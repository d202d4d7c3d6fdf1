import fc from 'fast-check';

// A law that fails prints its seed: the search for a smaller example ends before the time limit of the test.
fc.configureGlobal({ interruptAfterTimeLimit: 50_000 });
