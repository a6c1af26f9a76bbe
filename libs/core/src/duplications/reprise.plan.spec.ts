import { describe, expect, test } from '@jest/globals';
import { parametre, type Parametre, resoudre } from '@sillage/dispositif-kit';
import { ajouterMois, dateCivile, Temporal } from '@sillage/kernel';
import fc from 'fast-check';
import { type AReprendre, planifierReprise, type ValeurReprise } from './reprise.plan.js';

const OPTIONS = { libelle: 'Essai', regle: 'TRANS-02' };
const parametres = {
  taux: parametre.taux([{ du: '2020-01-01', valeur: 60 }], OPTIONS),
  duree: parametre.mois([{ du: '2020-01-01', au: '2026-12-31', valeur: 12 }], OPTIONS),
  debut: parametre.date([{ du: '2020-01-01', valeur: '2026-10-01' }], OPTIONS),
  fin: parametre.date(
    [
      { du: '2020-01-01', valeur: '2027-02-28' },
      { du: '2030-01-01', valeur: '2031-06-30' },
    ],
    OPTIONS,
  ),
  futur: parametre.taux([{ du: '2029-01-01', valeur: 10 }], OPTIONS),
};
const ANCIENNE = dateCivile('2026-01-12');

function reprendre(quoi: Partial<AReprendre>): ValeurReprise[] {
  const decalageMois = quoi.decalageMois ?? 12;
  return planifierReprise({
    parametres,
    surcharges: [],
    ouverture: { ancienne: ANCIENNE, nouvelle: ajouterMois(ANCIENNE, decalageMois) },
    aujourdhui: dateCivile('2026-11-20'),
    changees: new Map(),
    ...quoi,
    decalageMois,
  });
}

/** How a dossier of the appel reads one parameter. */
function lue(cle: keyof typeof parametres, date: Temporal.PlainDate, valeurs: readonly ValeurReprise[]): string | null {
  const surcharges = valeurs.map((v) => ({ ...v, portee: 'APPEL' as const, porteeId: 'appel' }));
  try {
    const declare: Parametre = parametres[cle];
    return resoudre(cle, declare, date, surcharges).cite.valeur;
  } catch {
    return null;
  }
}

/** Periods that do not overlap, from cut days. */
const decidees = fc.uniqueArray(fc.integer({ min: -400, max: 900 }), { minLength: 2, maxLength: 8 }).chain((jours) => {
  const coupes = jours.sort((a, b) => a - b).map((j) => ANCIENNE.add({ days: j }));
  const periodes = coupes.slice(0, -1).map((du, i) => ({ du, au: coupes[i + 1]!.subtract({ days: 1 }) }));
  return fc
    .tuple(
      fc.array(fc.integer({ min: 0, max: 100 }), { minLength: periodes.length, maxLength: periodes.length }),
      fc.boolean(),
      fc.subarray(periodes),
    )
    .map(([valeurs, sansFin, gardees]) =>
      gardees.map(({ du, au }, i) => ({
        cle: 'taux',
        du,
        au: sansFin && i === gardees.length - 1 ? null : (au as Temporal.PlainDate | null),
        valeur: valeurs[i] as number,
      })),
    );
});

describe('What a new appel takes from the earlier one', () => {
  test('nothing decided is lost: each day of the new appel reads what the earlier one read so many months before', () => {
    fc.assert(
      fc.property(
        decidees,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: -30, max: 30 }),
        (surcharges, decalageMois, jours, avance) => {
          const nouvelle = ajouterMois(ANCIENNE, decalageMois).add({ days: avance });
          const ouverture = { ancienne: ANCIENNE, nouvelle };
          let valeurs: ValeurReprise[];
          try {
            valeurs = reprendre({ surcharges, decalageMois, ouverture });
          } catch {
            // A value of a day or so that the shift leaves without any: said, never dropped.
            const courte = surcharges.some((s) => s.au !== null && s.du.until(s.au).days < 3);
            expect(courte).toBe(true);
            return;
          }
          const jour = ANCIENNE.add({ days: jours });
          fc.pre(jour.day <= 28);
          expect(lue('taux', ajouterMois(jour, decalageMois), valeurs)).toBe(lue('taux', jour, surcharges));
          // On its own opening, earlier or later, too.
          if (avance <= 0) expect(lue('taux', nouvelle, valeurs)).toBe(lue('taux', ANCIENNE, surcharges));
        },
      ),
    );
  });

  test('values of one parameter never share a day, or PostgreSQL would refuse them', () => {
    fc.assert(
      fc.property(decidees, fc.integer({ min: 0, max: 60 }), (surcharges, decalageMois) => {
        let valeurs: ValeurReprise[];
        try {
          valeurs = reprendre({ surcharges, decalageMois });
        } catch {
          return;
        }
        const siennes = valeurs
          .filter(({ cle }) => cle === 'taux')
          .sort((a, b) => Temporal.PlainDate.compare(a.du, b.du));
        siennes.slice(1).forEach(({ du }, i) => {
          const { au } = siennes[i]!;
          expect(au !== null && Temporal.PlainDate.compare(au, du) < 0).toBe(true);
        });
      }),
    );
  });

  test('what changes replaces what was decided, from the day of the copy', () => {
    const surcharges = [{ cle: 'taux', du: dateCivile('2026-01-01'), au: null, valeur: 70 }];
    const changees = new Map([['taux', '62.5']]);
    const valeurs = reprendre({ surcharges, changees }).filter(({ cle }) => cle === 'taux');
    expect(valeurs).toEqual([{ cle: 'taux', du: dateCivile('2026-11-20'), au: null, valeur: '62.5' }]);
  });

  test('days that the text sets move with the call, ends of months included; one that the text dates anew does not', () => {
    const lus = (decalageMois: number) =>
      Object.fromEntries(reprendre({ decalageMois }).map(({ cle, valeur }) => [cle, valeur]));
    expect(lus(12)).toMatchObject({ debut: '2027-10-01', fin: '2028-02-29' });
    expect(lus(60)).toMatchObject({ debut: '2031-10-01' });
    expect(lus(60)).not.toHaveProperty('fin');
    expect(lus(0)).toEqual({});
  });

  test('what the text says only until then is carried on; what it says from later on, or still says, is left to it', () => {
    const valeurs = Object.fromEntries(reprendre({}).map((v) => [v.cle, v.valeur]));
    expect(valeurs).toMatchObject({ duree: 12 });
    expect(valeurs).not.toHaveProperty('taux');
    expect(valeurs).not.toHaveProperty('futur');
  });

  test('a decided day moves too', () => {
    const surcharges = [{ cle: 'debut', du: dateCivile('2026-02-01'), au: null, valeur: '2026-09-30' }];
    expect(reprendre({ surcharges }).filter(({ cle }) => cle === 'debut')).toEqual([
      { cle: 'debut', du: dateCivile('2026-11-20'), au: dateCivile('2027-01-31'), valeur: '2027-10-01' },
      { cle: 'debut', du: dateCivile('2027-02-01'), au: null, valeur: '2027-09-30' },
    ]);
  });
});
