import type { JSX } from 'preact';
import { localNames } from './events.js';

/** The names that a crossing has where it stands, each in its language. */
export const LocalNames = ({ id }: { readonly id: string }): JSX.Element => (
  <>
    {localNames(id).map(([language, name]) => (
      <span key={language} class="quiet local" lang={language}>
        {name}
      </span>
    ))}
  </>
);
