import type { JSX } from 'preact';
import { homeZone, zone } from './state.js';
import { words, zoneName } from './words/index.js';

/** Whose clocks the page goes by: a choice where the reader's are not those of the server. */
export function ZoneChoice(): JSX.Element | null {
  const { value: w } = words;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const zones = [...new Set([homeZone.value, timeZone, zone.value])];
  if (zones.length === 1) return null;
  return (
    <select
      class="zone"
      aria-label={w.zone}
      title={w.zone}
      value={zone.value}
      onChange={({ currentTarget }) => (zone.value = currentTarget.value)}
    >
      {zones.map((one) => (
        <option key={one} value={one}>
          {zoneName(one)}
        </option>
      ))}
    </select>
  );
}
