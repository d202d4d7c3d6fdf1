import type { CDPSession, Page } from 'playwright-core';

/** Advances by a number of days, one step after another, each drawn before the next; after the end of the slider it continues from the beginning. */
export const stepOn = (page: Page, steps: number): Promise<void> =>
  page.evaluate(`(async () => {
    const { port1, port2 } = new MessageChannel();
    const slider = document.querySelector('#asOf-slider');
    for (let step = 0; step < ${steps}; step += 1) {
      const at = Number(slider.value);
      const isLast = at >= Number(slider.max) - 1;
      slider.value = isLast ? Number(slider.min) + 1 : at + 1;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((resolve) => {
        port1.onmessage = resolve;
        port2.postMessage(undefined);
      });
    }
  })()`);

/** Bytes of memory that scripts use after a garbage collection. */
export async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  return (await devtools.send('Runtime.getHeapUsage')).usedSize;
}
