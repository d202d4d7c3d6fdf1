import { computed } from '@preact/signals';
import { crossings } from './crossings.js';
import { border, status, text } from './state.js';

const folded = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The crossings that pass the filters of the page. */
export const passing = computed(() => {
  const wanted = folded(text.value.trim());
  return crossings.value.filter(
    (item) =>
      (border.value === undefined || item.border === border.value) &&
      (status.value === undefined || item.status === status.value) &&
      (wanted === '' ||
        [item.id, ...Object.values(item.names), ...Object.values(item.farSide ?? {})].some((name) =>
          folded(name).includes(wanted),
        )),
  );
});

export const borders = computed(() =>
  [...new Set(crossings.value.flatMap(({ border: one }) => one ?? []))].sort(),
);
