import { expect, it } from '@jest/globals';
import { type DateCivile, dateCivile, type Explication, Fraction, Montant, Periode } from '@sillage/kernel';
import { type Champ } from '../champ.js';
import type { ContexteBilan, ContexteVersement, MontantExplique } from '../dispositif.js';
import { parametre, resoudreTous } from '../parametre.js';
import { avance, solde } from '../versements.js';
import { arrondir, enChiffre } from './chiffre.js';
import { forfaitIndirect } from './charges-indirectes.js';
import { parametreBareme, partager } from './parts.js';
import { parametreProrataDuPlafond, plafondParUnite, plafonner } from './plafonds.js';

/** The values of 2026, and those that somebody adds a year later, after them. */
const PREMIERES = { montant: [{ du: '2026-01-12', valeur: '52000.00' }], taux: [{ du: '2026-01-12', valeur: 60 }] };
const SUIVANTES = { montant: [{ du: '2027-01-01', valeur: '48000.00' }], taux: [{ du: '2027-01-01', valeur: 40 }] };

function declarer(suivantes: { montant: typeof PREMIERES.montant; taux: typeof PREMIERES.taux }) {
  const taux = (libelle: string) =>
    parametre.taux([...PREMIERES.taux, ...suivantes.taux], { libelle, regle: 'ASE-FIN-05' });
  return {
    plafond: parametre.montant([...PREMIERES.montant, ...suivantes.montant], {
      libelle: 'Plafond',
      regle: 'ASE-FIN-01',
    }),
    prorata: parametreProrataDuPlafond('2026-01-12', { regle: 'ASE-FIN-01', interpretation: 'AMB-082' }),
    taux: taux('Taux'),
    poids: parametre.taux([{ du: '2026-01-12', valeur: 100 }], { libelle: 'Poids', regle: 'ASE-FIN-05' }),
    bareme: parametreBareme('2026-01-12', { libelle: 'Barème', regle: 'ASE-FIN-09', interpretation: 'AMB-074' }),
  };
}

type Parametres = ReturnType<typeof declarer>;
type Vide = Readonly<Record<never, Champ>>;

function du({ parametres, periode }: ContexteBilan<Vide, Vide, Parametres, Vide>): MontantExplique {
  const { plafond, prorata, taux, poids, bareme } = parametres;
  const plafondEtp = plafondParUnite({
    libelle: 'Plafond',
    parUnite: plafond,
    quantite: { valeur: Fraction.de(3n, 7n), explication: { libelle: 'ETP', resultat: '3/7' } },
    unite: 'ETP',
    periode,
    prorata,
    regle: 'ASE-FIN-01',
    interpretation: 'AMB-082',
  });
  const forfait = forfaitIndirect({
    directes: enChiffre(Montant.euros('99999.99'), 'Directes'),
    taux,
    regle: 'ASE-FIN-04',
  });
  const base = plafonner({ libelle: 'Base', regle: 'ASE-FIN-08' }, plafondEtp, forfait);
  const realise = { valeur: Fraction.de(73n, 3n), explication: { libelle: 'Places', resultat: '73/3' } };
  const attendu = { valeur: Fraction.de(30n), explication: { libelle: 'Places', resultat: '30' } };
  const part = { libelle: 'Part', realise, attendu, poids, bareme };
  return arrondir(
    partager({ libelle: 'Dû', regle: 'ASE-PAY-02' }, base, [
      { ...part, seuil: taux, pas: taux, regle: 'ASE-FIN-05', interpretation: 'AMB-074' },
    ]),
  );
}

function calculer(parametres: Parametres, date: DateCivile): Explication[] {
  const contexte: ContexteVersement<Vide, Vide, Parametres, Vide> = {
    champs: {},
    termes: {},
    termesSuccessifs: [{ du: dateCivile('2026-03-15'), termes: {} }],
    montantConventionne: Montant.euros('12345.67'),
    periode: Periode.de(dateCivile('2026-03-15'), dateCivile('2026-12-31')),
    date,
    parametres: resoudreTous(parametres, date, []),
    bilan: {},
    quantites: {},
    dejaVerse: Montant.euros('7407.40'),
  };
  return [
    avance({ taux: 'taux', a: 'CONVENTION_SIGNEE', regle: 'ASE-PAY-01' }).calculer(contexte).explication,
    solde({ a: 'BILAN_CONFIRME', regle: 'ASE-PAY-02', du }).calculer(contexte).explication,
  ];
}

it('A payment computed last year explains itself identically once new values were added', () => {
  const date = dateCivile('2026-06-01');
  const alors = calculer(declarer({ montant: [], taux: [] }), date);
  expect(calculer(declarer({ montant: [], taux: [] }), date)).toEqual(alors);
  expect(calculer(declarer(SUIVANTES), date)).toEqual(alors);
  expect(calculer(declarer(SUIVANTES), dateCivile('2027-06-01'))).not.toEqual(alors);
});
