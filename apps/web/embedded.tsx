import type { JSX } from 'preact';
import { Pictures } from './charts/charts.js';
import { crossings } from './crossings.js';
import { failure } from './data.js';
import { nameOf } from './events.js';
import { RegionMap } from './map/map.js';
import { PlaneOfTimes } from './plane/plane.js';
import { planes } from './planes.js';
import { picture, selected, view, zone } from './state.js';
import { address } from './url.js';
import { cutWords, words, zoneName } from './words/index.js';

/** Whether the address asks for a picture alone, for a frame in somebody else's page. */
export const isEmbedded = (): boolean => new URLSearchParams(location.search).has('embed');

/** The picture, its times, and the link back. The frame has nothing that writes, so a page around it cannot trick a reader into writing. */
export function Embedded(): JSX.Element {
  const { value: w } = words;
  return (
    <>
      <main class="embed" aria-busy={crossings.value.length === 0 || planes.value.size === 0}>
        <h1>{heading()}</h1>
        {failure.value && (
          <p class="trouble" role="alert">
            {failure.value.status === 0 ? w.offline : failure.value.message}
          </p>
        )}
        <div class="whole">{shown()}</div>
      </main>
      <footer class="embed-foot">
        <a href={linkBack()} target="_blank" rel="noopener">
          Borderline ↗
        </a>{' '}
        <span class="quiet">{w.timesOf(zoneName(zone.value))}</span>
      </footer>
    </>
  );
}

/** The heading: the times, after the name of the subject where the picture shows a single subject. */
const heading = (): string =>
  view.value === 'plane' && selected.value
    ? `${nameOf(selected.value.id)} · ${cutWords.value}`
    : cutWords.value;

function shown(): JSX.Element {
  switch (view.value) {
    case 'charts':
      return (
        <section
          class="list charts"
          aria-label={picture.value ? w().pictures[picture.value] : w().views.charts}
        >
          <div class="scroller" tabIndex={0} role="group" aria-label={w().views.charts}>
            <Pictures />
          </div>
        </section>
      );
    case 'plane':
      return <PlaneOfTimes />;
    default:
      return <RegionMap />;
  }
}

const w = (): typeof words.value => words.value;

/** The address of the whole page with the same view. */
function linkBack(): string {
  const url = new URL(address(), location.href);
  url.searchParams.delete('embed');
  return url.href;
}
