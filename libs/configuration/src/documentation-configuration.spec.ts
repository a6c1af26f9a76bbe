import { describe, expect, it } from '@jest/globals';
import { documentConfiguration } from './documentation-configuration.js';
import { VARIABLES } from './variables.js';

const lignes = documentConfiguration()
  .split('\n')
  .filter((ligne) => ligne.startsWith('| `'));

describe('documentConfiguration', () => {
  it('has one line a variable, in order, with its meaning, its value and its default', () => {
    expect(lignes.map((ligne) => ligne.split('`')[1])).toEqual(Object.keys(VARIABLES));
    for (const [rang, { description, attendu }] of Object.values(VARIABLES).entries()) {
      expect(lignes[rang]).toContain(`| ${description} | ${attendu} |`);
      expect(lignes[rang]?.split(' | ')).toHaveLength(4);
    }
  });

  it.each([
    ['NODE_ENV', '**obligatoire**'],
    ['DATABASE_URL', '**obligatoire**'],
    ['REDIS_URL', 'facultative'],
    ['PG_CONNEXIONS', '`10`'],
    ['ADRESSE', '`127.0.0.1` ; aucun en production'],
  ])('%s: default %s', (nom, defaut) => {
    expect(lignes.find((ligne) => ligne.startsWith(`| \`${nom}\``))).toMatch(
      new RegExp(`\\| ${defaut.replaceAll('*', '\\*')} \\|$`),
    );
  });

  it('is a page with a title, ending with one line break', () => {
    expect(documentConfiguration()).toMatch(/^# Configuration\n\n[^]*[^\n]\n$/);
  });

  it('every default is a value that its own schema accepts', () => {
    for (const { defaut, schema } of Object.values(VARIABLES)) {
      if (defaut !== null) expect(schema.safeParse(defaut).success).toBe(true);
    }
  });
});
