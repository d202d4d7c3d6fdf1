import { VIEWS } from '#views';
import {
  allOf,
  anything,
  choice,
  list,
  map,
  object,
  ref,
  text,
  whole,
  type Schema,
  type Schemas,
} from '../docs/schema.js';
import { areaSchemas } from './area-schema.js';
import { claimSchemas } from './claim-schema.js';
import { conditionSchemas } from './condition-schema.js';
import { crossingSchemas } from './crossing-schema.js';
import { detentionSchemas } from './detention-schema.js';
import { estimateSchemas } from './estimate-schema.js';
import { measureSchemas } from './measure-schema.js';
import { releaseSchemas } from './release-schema.js';
import { SHARED_SCHEMAS, type ViewSchemas } from './shared-schema.js';
import { talksSchemas } from './talks-schema.js';
import { topicSchemas } from './topic-schema.js';
import { transitSchemas } from './transit-schema.js';
import { warningSchemas } from './warning-schema.js';

const OF_VIEWS: Readonly<Record<string, ViewSchemas>> = {
  crossings: crossingSchemas,
  transit: transitSchemas,
  sanctions: measureSchemas,
  detentions: detentionSchemas,
  warnings: warningSchemas,
  conditions: conditionSchemas,
  talks: talksSchemas,
  airspace: areaSchemas,
  claims: claimSchemas,
  releases: releaseSchemas,
  estimates: estimateSchemas,
  statements: topicSchemas,
};

function schemasOf(view: string): ViewSchemas {
  const schemas = OF_VIEWS[view];
  if (!schemas) throw new Error(`the answers of ${view} have no schema`);
  return schemas;
}

const basis = ref('Basis');

export const listSchema = (view: string): Schema => object({ basis, items: list(ref(schemasOf(view).name)) });

export const itemSchema = (view: string): Schema => allOf(object({ basis }), ref(schemasOf(view).name));

export const timelineSchema = (view: string): Schema =>
  object({ basis, segments: list(allOf(ref('Segment'), schemasOf(view).segment)) });

export const stateSchema: Schema = object({
  basis,
  counts: map(map(whole(), 'how many there are: in `total`, and of each status or verdict'), 'by view'),
  ...Object.fromEntries(VIEWS.map(({ name }) => [name, list(ref(schemasOf(name).name))])),
});

export const diffSchema: Schema = object({
  basis: object({ from: basis, to: basis }),
  changes: list(ref('Change'), 'in the order of view, subject, aspect'),
});

/** The components that the answers about state are made of. */
export const STATE_SCHEMAS: Schemas = {
  ...SHARED_SCHEMAS,
  Change: object(
    {
      view: choice(VIEWS.map(({ name }) => name)),
      subject: text('the id of the item'),
      aspect: text('what of it, such as `status`'),
      because: ref('Because'),
    },
    {
      before: anything('the earlier value; missing: it was not there'),
      after: anything('the later value; missing: it is not there any more'),
    },
  ),
  ...Object.fromEntries(
    Object.values(OF_VIEWS).flatMap(({ name, item, parts = {} }) => [[name, item], ...Object.entries(parts)]),
  ),
};
