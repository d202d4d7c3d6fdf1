import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.js';
import { Embedded, isEmbedded } from './embedded.js';
import { followLog } from './live.js';
import { load } from './load.js';
import { lang, theme } from './state.js';
import { followAddress } from './url.js';
import { words } from './words/index.js';

followAddress();
effect(() => {
  document.documentElement.lang = lang.value;
  document.documentElement.dataset['theme'] = theme.value;
  document.title = `Borderline: ${words.value.tagline}`;
});
void load();
followLog();
render(isEmbedded() ? <Embedded /> : <App />, document.getElementById('page')!);
