import { describe, expect, it } from '@jest/globals';
import { dateCivile } from '@sillage/kernel';
import { type ParametresResolus, resoudreTous } from './parametre.js';
import { type DeclarationQuantite, lireQuantites, parametreSourceDeQuantite, type SuiviConfirme } from './quantites.js';

const DU = '2026-01-12';
const MARS = dateCivile('2026-03-01');
const AVRIL = dateCivile('2026-04-01');
const declares = {
  source: parametreSourceDeQuantite(DU, {
    libelle: 'Où se lit la quantité',
    regle: 'AMB-172',
    interpretation: 'AMB-180',
  }),
};
const ICI = resoudreTous(declares, dateCivile(DU), []);
const DANS_LES_SUIVIS: ParametresResolus<typeof declares> = { source: { ...ICI.source, valeur: 'SUIVIS' } };

const declaree: DeclarationQuantite<'source'> = {
  libelle: 'Jours, mois par mois',
  regle: 'AMB-172',
  bilan: { lignes: 'table', mois: 'mois', valeur: 'jours' },
  suivi: { source: 'source', nom: 'tableau', champ: 'jours' },
};
const bilan = {
  table: [
    { mois: MARS, jours: 30 },
    { mois: AVRIL, jours: 12 },
  ],
};
const suivis: readonly SuiviConfirme[] = [
  { nom: 'tableau', du: MARS, champs: { jours: 28 } },
  { nom: 'comite', du: MARS, champs: { jours: 99 } },
];

describe('A quantity that a balance is computed from', () => {
  it('is read in the bilan, line by line, unless a parameter says otherwise', () => {
    expect(lireQuantites({ jours: declaree }, ICI, { bilan, suivis })).toEqual({
      jours: [
        { du: MARS, nombre: 30 },
        { du: AVRIL, nombre: 12 },
      ],
    });
  });

  it('is read in the confirmed reports of its name where the parameter says so, even without a bilan', () => {
    const attendue = { jours: [{ du: MARS, nombre: 28 }] };
    expect(lireQuantites({ jours: declaree }, DANS_LES_SUIVIS, { bilan, suivis })).toEqual(attendue);
    expect(lireQuantites({ jours: declaree }, DANS_LES_SUIVIS, { bilan: null, suivis })).toEqual(attendue);
  });

  it('stays in the bilan when no report tells it, whatever the parameters', () => {
    const { suivi: _, ...sansSuivi } = declaree;
    expect(lireQuantites({ jours: sansSuivi }, DANS_LES_SUIVIS, { bilan, suivis })['jours']).toHaveLength(2);
  });

  it('tells of the whole of the convention where its table has no months', () => {
    const entiere = { ...declaree, bilan: { lignes: 'table', valeur: 'jours' } };
    expect(lireQuantites({ jours: entiere }, ICI, { bilan, suivis })['jours']).toEqual([
      { du: null, nombre: 30 },
      { du: null, nombre: 12 },
    ]);
  });

  it('is empty before there is a bilan, and there is none where none is declared', () => {
    expect(lireQuantites({ jours: declaree }, ICI, { bilan: null, suivis })).toEqual({ jours: [] });
    expect(lireQuantites(undefined, ICI, { bilan, suivis })).toEqual({});
  });
});
