import { Id, Optional, Text, Texts } from './field.js';

/** A group of goods as an act or a report names it. */
export class Goods {
  @Id('The group, such as `steel`.')
  id!: string;

  @Text('The name of the group for readers.', 200)
  label!: string;

  @Optional()
  @Texts('Harmonised System headings, such as `7208`; ranges as `72-73`.', 20)
  hs?: string[];
}
