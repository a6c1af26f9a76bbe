import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { obstacle } from '../../../tools/protections/copie.mjs';
import { PROTECTIONS } from './index.mjs';

const RACINE = join(import.meta.dirname, '../../..');

/** What a spec says, and the files beside it that it takes its tests from. */
function texteDe(essai: string): string {
  const texte = readFileSync(join(RACINE, essai), 'utf8');
  const voisins = [...texte.matchAll(/from '(\.\/[^']+\.attaque)\.js'/g)].map(([, chemin = '']) => `${chemin}.ts`);
  return [texte, ...voisins.map((chemin) => readFileSync(join(RACINE, dirname(essai), chemin), 'utf8'))].join('\n');
}

describe('la liste des protections', () => {
  it('nomme chacune une fois', () => {
    const noms = PROTECTIONS.map(({ nom }) => nom);
    expect(noms.filter((nom, rang) => noms.indexOf(nom) !== rang)).toEqual([]);
  });

  it('retire un texte qui est encore dans le code, une fois', () => {
    const perimees = PROTECTIONS.flatMap((protection) => {
      const empeche = obstacle(protection);
      return empeche === undefined ? [] : [`${protection.nom} : ${empeche}`];
    });
    expect(perimees).toEqual([]);
  });

  it('nomme des essais qui sont là', () => {
    const essais = PROTECTIONS.map(({ essai }) => essai);
    expect(essais.filter((essai) => !existsSync(join(RACINE, essai)))).toEqual([]);
    const perdus = PROTECTIONS.filter(({ essai, test = '' }) => {
      // A name joins those of its groups: its last words at least are written somewhere.
      const mots = test.split(' ');
      return !mots.some((_, rang) => texteDe(essai).includes(mots.slice(rang).join(' ')));
    });
    expect(perdus.map(({ nom }) => nom)).toEqual([]);
  });
});
