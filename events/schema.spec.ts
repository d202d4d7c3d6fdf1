import { describe, expect, it } from '@jest/globals';
import { dataVersions, developmentModels, developmentSchema, eventTypes } from '#events';
import { shapeOf } from './checker.js';
import { describe as describeFields } from './catalogue.js';

describe('the description for OpenAPI', () => {
  it('has every version of every type', () => {
    expect(dataVersions).toHaveLength(eventTypes.length + 1);
    expect(developmentSchema().oneOf).toHaveLength(dataVersions.length);
  });

  it('has models whose names differ, also the nested models', () => {
    const classes = new Set(developmentModels);
    for (const of of classes) {
      for (const { nested } of shapeOf(of).fields.values()) if (nested) classes.add(nested.of);
    }
    const names = [...classes].map((of) => of.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('describes every member', () => {
    for (const of of developmentModels) {
      for (const { description } of describeFields(of)) expect(description).not.toBe('');
    }
  });
});
