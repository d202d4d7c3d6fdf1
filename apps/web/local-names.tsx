import type { JSX } from 'preact';
import { localNames } from './events.js';

/** The local names of a crossing, each in its language. */
export const LocalNames = ({ id }: { readonly id: string }): JSX.Element => (
  <>
    {localNames(id).map(([language, name]) => (
      <span key={language} class="quiet local" lang={language}>
        {name}
      </span>
    ))}
  </>
);
