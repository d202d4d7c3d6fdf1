import { Optional, Text, Texts } from './field.js';

/** The optional members in the data of every event type. */
export class Data {
  @Optional()
  @Text('What happened, in own words.', 1000)
  summary?: string;

  @Optional()
  @Texts('Codes of other vocabularies, such as `cameo:163`.', 60)
  tags?: string[];
}
