import { describe, expect, it } from '@jest/globals';
import { NATURES_DE_FIN, type NatureDeFin, PARAMETRES_DE_CONVENTION, resoudreTous } from '@sillage/dispositif-kit';
import { dateCivile, oui, Refus, Temporal } from '@sillage/kernel';
import fc from 'fast-check';
import { deciderAvenant } from './avenant.policy.js';
import { ETATS_CONVENTION, estSignee, type EtatConvention, PARTIES, type Partie } from './convention.entity.js';
import { deciderSignature, type SituationConvention } from './convention.policy.js';
import { etapeDe } from './etapes.js';
import { deciderAbandon, deciderFin, type DemandeDatee, FINS, fixerFin } from './fin-de-convention.policy.js';

const etats = fc.constantFrom(...(Object.keys(ETATS_CONVENTION) as EtatConvention[]));
const natures = fc.constantFrom(...(Object.keys(NATURES_DE_FIN) as NatureDeFin[]));
const parties = fc.constantFrom(...(Object.keys(PARTIES) as Partie[]));

const situer = (
  etat: EtatConvention,
  signataires: readonly Partie[] = [],
  bilanRemis = false,
): SituationConvention => ({
  etat,
  signataires,
  bilanRemis,
  continuer: oui(),
});

describe('The states of a convention (CONV-WF-01)', () => {
  it('only a project is given up; only what is signed is ended, once, or for a fault while a notice runs', () => {
    const ouverts = (Object.keys(ETATS_CONVENTION) as EtatConvention[]).map((etat) => [
      etat,
      [
        ...(deciderAbandon(situer(etat)).issue === 'OUI' ? ['ABANDON'] : []),
        ...(Object.keys(FINS) as NatureDeFin[]).filter((nature) => deciderFin(nature, situer(etat)).issue === 'OUI'),
        ...(deciderAvenant(situer(etat)).issue === 'OUI' ? ['AVENANT'] : []),
      ],
    ]);
    expect(Object.fromEntries(ouverts)).toEqual({
      PROJET: ['ABANDON'],
      ABANDONNEE: [],
      SIGNEE: ['DENONCIATION', 'RESILIATION', 'AVENANT'],
      DENONCEE: ['RESILIATION'],
      RESILIEE: [],
    });
  });

  it('whatever is attempted, a convention that ends never goes back, and nobody signs what was given up', () => {
    type Geste = { abandon: true } | { signe: Partie } | { fin: NatureDeFin };
    const gestes: fc.Arbitrary<Geste> = fc.oneof(
      fc.constant({ abandon: true } as const),
      parties.map((signe) => ({ signe })),
      natures.map((fin) => ({ fin })),
    );
    fc.assert(
      fc.property(fc.array(gestes, { maxLength: 12 }), (suite) => {
        let s = situer('PROJET');
        for (const geste of suite) {
          const avant = s.etat;
          if ('abandon' in geste) {
            if (deciderAbandon(s).issue === 'OUI') s = { ...s, etat: 'ABANDONNEE' };
          } else if ('fin' in geste) {
            if (deciderFin(geste.fin, s).issue === 'OUI') s = { ...s, etat: FINS[geste.fin].vers };
          } else if (deciderSignature(geste.signe, s).issue === 'OUI') {
            const signataires = [...s.signataires, geste.signe];
            s = { ...s, signataires, etat: signataires.length === 2 ? 'SIGNEE' : s.etat };
          }
          if (avant === 'ABANDONNEE' || avant === 'RESILIEE') expect(s.etat).toBe(avant);
          if (estSignee(avant)) expect(estSignee(s.etat)).toBe(true);
          if (avant === 'DENONCEE') expect(s.etat).not.toBe('SIGNEE');
          expect(estSignee(s.etat)).toBe(s.signataires.length === 2);
        }
      }),
    );
  });

  it('TRANS-25: once its bilan is handed in, it neither changes nor ends otherwise', () => {
    fc.assert(
      fc.property(etats, natures, (etat, nature) => {
        const s = situer(etat, [], true);
        return deciderFin(nature, s).issue === 'NON' && deciderAvenant(s).issue === 'NON';
      }),
    );
  });
});

const PARAMETRES = resoudreTous(PARAMETRES_DE_CONVENTION, dateCivile('2026-01-01'), []);

const demande = (
  input: Partial<Record<'envoyeeLe' | 'aujourdhui', string>> & { nature: NatureDeFin; effetLe?: string },
) =>
  ({
    nature: input.nature,
    du: dateCivile('2026-01-01'),
    au: dateCivile('2027-12-31'),
    signeeLe: dateCivile('2026-02-01'),
    envoyeeLe: dateCivile(input.envoyeeLe ?? '2027-01-15'),
    aujourdhui: dateCivile(input.aujourdhui ?? '2027-03-15'),
    effetLe: input.effetLe === undefined ? null : dateCivile(input.effetLe),
    parametres: PARAMETRES,
  }) satisfies DemandeDatee;

function fixer(input: Parameters<typeof demande>[0]): string {
  try {
    return fixerFin(demande(input)).le.toString();
  } catch (erreur) {
    if (!(erreur instanceof Refus)) throw erreur;
    const [premiere] = erreur.erreurs;
    return `${premiere?.code} ${premiere?.path.join('.')} ${premiere?.regle}`;
  }
}

describe('The last day that a letter gives', () => {
  it.each([
    [{ nature: 'RESILIATION' }, '2027-03-15'],
    [{ nature: 'RESILIATION', effetLe: '2027-06-30' }, '2027-06-30'],
    [{ nature: 'RESILIATION', effetLe: '2027-03-14' }, 'PERIODE_INVALIDE input.effetLe CONV-DEL-02'],
    [{ nature: 'RESILIATION', effetLe: '2028-01-01' }, 'PERIODE_INVALIDE input.effetLe CONV-DEL-02'],
    [{ nature: 'RESILIATION', aujourdhui: '2027-03-14' }, 'ETAT_INCOMPATIBLE input.envoyeeLe AMB-035'],
    [{ nature: 'RESILIATION', envoyeeLe: '2027-03-16' }, 'PERIODE_INVALIDE input.envoyeeLe CONV-DEL-02'],
    [{ nature: 'RESILIATION', envoyeeLe: '2026-01-31' }, 'PERIODE_INVALIDE input.envoyeeLe CONV-DEL-02'],
    [{ nature: 'DENONCIATION' }, '2027-12-31'],
    [{ nature: 'DENONCIATION', envoyeeLe: '2026-10-31' }, '2026-12-31'],
    [{ nature: 'DENONCIATION', envoyeeLe: '2026-10-31', effetLe: '2027-12-31' }, '2027-12-31'],
    [
      { nature: 'DENONCIATION', envoyeeLe: '2026-11-01', effetLe: '2026-12-31' },
      'PERIODE_INVALIDE input.effetLe CONV-DEL-01',
    ],
    [{ nature: 'DENONCIATION', effetLe: '2027-12-30' }, 'PERIODE_INVALIDE input.effetLe CONV-DEL-01'],
    [
      { nature: 'DENONCIATION', envoyeeLe: '2027-11-01', aujourdhui: '2027-11-02' },
      'PERIODE_INVALIDE input.envoyeeLe CONV-DEL-01',
    ],
  ] as const)('%j: %s', (input, attendu) => {
    expect(fixer(input)).toBe(attendu);
  });
});

describe('Where a convention is on a day', () => {
  it('is in force from its first day to its last, both included, however it ends', () => {
    const du = dateCivile('2026-03-01');
    fc.assert(
      fc.property(
        etats,
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: -400, max: 1200 }),
        (etat, duree, decalage) => {
          const au = du.add({ days: duree });
          const jour = du.add({ days: decalage });
          const pendant = Temporal.PlainDate.compare(du, jour) <= 0 && Temporal.PlainDate.compare(jour, au) <= 0;
          expect(etapeDe({ etat, du, au }, jour) === 'EN_VIGUEUR').toBe(estSignee(etat) && pendant);
        },
      ),
    );
    const au = dateCivile('2026-12-31');
    const apres = (etat: EtatConvention) => etapeDe({ etat, du, au }, dateCivile('2027-01-01'));
    expect((Object.keys(ETATS_CONVENTION) as EtatConvention[]).map(apres)).toEqual([
      'A_SIGNER',
      'ABANDONNEE',
      'ECHUE',
      'DENONCEE',
      'RESILIEE',
    ]);
  });
});
