/** SQL that gives an event in `log.db` another type. */
export const retyped = (sequence: number): string => `
  INSERT INTO templates (type, schema_version, template)
    SELECT type || '.', schema_version, template FROM templates
    WHERE number = (SELECT template FROM events WHERE sequence = ${sequence});
  UPDATE events SET template = (SELECT max(number) FROM templates) WHERE sequence = ${sequence};
`;
