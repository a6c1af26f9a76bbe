import { describe, expect, it } from '@jest/globals';
import { dateCivile, type DateCivile, Periode, Temporal } from '@sillage/kernel';
import fc from 'fast-check';
import { comiteDePilotage, comiteTrimestriel } from './comite.js';

const PERIODE = Periode.de(dateCivile('2026-07-01'), dateCivile('2026-09-30'));
const commun = { regle: 'GRAINE-BIL-01', du: 'delai', avantBilan: 'exigence' } as const;
const trimestriel = comiteTrimestriel({ ...commun, regleTableau: 'GRAINE-BIL-02', services: ['le SLAI', 'la SRCPB'] });
const pilotage = comiteDePilotage(commun);
const TENU = {
  tenuLe: dateCivile('2026-09-20'),
  tableauTransmisLe: dateCivile('2026-09-15'),
  premierPresent: true,
  secondPresent: true,
  animeParLePorteur: true,
  partenairesPresents: 3,
};

/** What the controls of a step refuse, by rule and field. */
function refus(
  { controles = [] }: typeof trimestriel,
  etape: 'REMISE' | 'CONFIRMATION',
  suivi: object = {},
  le: DateCivile = dateCivile('2026-10-01'),
): string[] {
  return controles
    .filter(({ a }) => a === etape)
    .flatMap((controle) => controle.decider({ suivi: { ...TENU, ...suivi }, periode: PERIODE, le }).motifs)
    .map(({ regle, chemin }) => `${regle} ${chemin?.join('.')}`);
}

const jour = fc.integer({ min: -200, max: 400 }).map((days) => PERIODE.du.add({ days }));

describe.each([
  ['of each quarter', trimestriel],
  ['of each year', pilotage],
])('The committee %s', (_, comite) => {
  it('is handed in from its first day on: it takes place within its period', () => {
    expect(comite.desLeDebut).toBe(true);
    expect(refus(comite, 'REMISE')).toEqual([]);
    expect(refus(comite, 'CONFIRMATION')).toEqual([]);
  });

  it('has been held when it is handed in, and not before its period; a late one counts', () => {
    fc.assert(
      fc.property(jour, jour, (tenuLe, le) => {
        const tenu = Temporal.PlainDate.compare(tenuLe, PERIODE.du) >= 0 && Temporal.PlainDate.compare(tenuLe, le) <= 0;
        expect(refus(comite, 'REMISE', { tenuLe }, le)).toEqual(tenu ? [] : ['GRAINE-BIL-01 suivi.tenuLe']);
      }),
    );
  });
});

describe('What makes a committee count', () => {
  it('AMB-061: both services are there', () => {
    const attendu = ['GRAINE-BIL-01 suivi.premierPresent'];
    expect(refus(trimestriel, 'CONFIRMATION', { premierPresent: false })).toEqual(attendu);
    expect(refus(trimestriel, 'CONFIRMATION', { secondPresent: false })).toEqual(attendu);
  });

  it('the table is sent by its rule, on the day itself at the latest', () => {
    expect(refus(trimestriel, 'CONFIRMATION', { tableauTransmisLe: TENU.tenuLe })).toEqual([]);
    const trop = { tableauTransmisLe: TENU.tenuLe.add({ days: 1 }) };
    expect(refus(trimestriel, 'CONFIRMATION', trop)).toEqual(['GRAINE-BIL-02 suivi.tableauTransmisLe']);
  });

  it('the porteur leads the steering committee, partners are there', () => {
    const sansPorteur = { animeParLePorteur: false, partenairesPresents: 0 };
    expect(refus(pilotage, 'CONFIRMATION', sansPorteur)).toEqual(['GRAINE-BIL-01 suivi.animeParLePorteur']);
    expect(refus(pilotage, 'CONFIRMATION', { partenairesPresents: 0 })).toEqual([
      'GRAINE-BIL-01 suivi.partenairesPresents',
    ]);
  });
});
