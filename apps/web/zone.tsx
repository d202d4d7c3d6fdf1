import type { JSX } from 'preact';
import { homeZone, zone } from './state.js';
import { words, zoneName } from './words/index.js';

/** The choice of the zone: the zone of the server, of the reader or of the address. There is no choice where these are the same zone. */
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
