export type { AspectRule, Cut, Effect, KnownEffect, Span, Standing } from './effect.js';
