import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uneDate } from '../test/arbitraires.js';
import { ErreurValeur } from './erreurs.js';
import { texteExplication } from './explication.js';
import type { Explication, ParametreCite } from './explication.js';
import { Fraction } from './fraction.js';
import { Montant } from './montant.js';

/** What JSON can hold, as a type: a bigint, a date or a class in `Explication` would no longer compile. */
type EnJson<T> = T extends string | null | undefined ? T : T extends object ? { [C in keyof T]: EnJson<T[C]> } : never;

const texte = fc.string({ minLength: 1 });
const unParametre: fc.Arbitrary<ParametreCite> = fc.record({
  cle: texte,
  libelle: texte,
  valeur: texte,
  unite: fc.string(),
  du: uneDate.map(String),
  au: fc.option(uneDate.map(String)),
  origine: fc.constantFrom('DISPOSITIF', 'APPEL', 'TERRITOIRE', 'CONVENTION', 'ANNEXE'),
  regle: texte,
});
const { uneExplication } = fc.letrec<{ uneExplication: Explication }>((lien) => ({
  uneExplication: fc.record(
    {
      libelle: texte,
      resultat: texte,
      formule: texte,
      regle: texte,
      interpretation: texte,
      parametres: fc.array(unParametre, { maxLength: 2 }),
      entrees: fc.array(fc.record({ nom: texte, valeur: texte }), { maxLength: 2 }),
      arrondi: texte,
      lignes: fc.array(lien('uneExplication'), { maxLength: 2, depthIdentifier: 'arbre' }),
    },
    { requiredKeys: ['libelle', 'resultat'] },
  ),
}));

const AVANCE: Explication = {
  libelle: 'Avance à la signature',
  resultat: Montant.arrondir(Montant.euros('52000').enFraction().fois(Fraction.pourcentage('60'))).enFrancais(),
  formule: 'montant conventionné × taux de l’avance',
  regle: 'ASE-PAY-01',
  interpretation: 'AMB-104',
  parametres: [
    {
      cle: 'tauxAvance',
      libelle: 'Taux de l’avance',
      valeur: '60 %',
      unite: '%',
      du: '2026-01-12',
      au: null,
      origine: 'DISPOSITIF',
      regle: 'ASE-PAY-01',
    },
  ],
  arrondi: 'aucun : le résultat est exact',
  lignes: [
    {
      libelle: 'Montant conventionné',
      resultat: Montant.euros('52000').enFrancais(),
      entrees: [{ nom: 'ETP conventionnés', valeur: '1' }],
      parametres: [
        {
          cle: 'plafondParEtp',
          libelle: 'Plafond par ETP',
          valeur: '52 000,00 €',
          unite: '€',
          du: '2026-01-01',
          au: '2026-12-31',
          origine: 'CONVENTION',
          regle: 'ASE-FIN-01',
        },
      ],
      regle: 'ASE-FIN-01',
    },
  ],
};

describe('Explication', () => {
  it('reads as indented French text, from the figure down to its parts (ASE-PAY-01, ASE-FIN-01)', () => {
    expect(texteExplication(AVANCE).replace(/[\u00A0\u202F]/g, ' ')).toBe(
      [
        'Avance à la signature : 31 200,00 €',
        '  Calcul : montant conventionné × taux de l’avance',
        '  Paramètre : Taux de l’avance = 60 %, depuis le 12 janvier 2026, fixé par le dispositif (ASE-PAY-01)',
        '  Arrondi : aucun : le résultat est exact',
        '  Règle : ASE-PAY-01',
        '  Interprétation retenue : AMB-104',
        '  Montant conventionné : 52 000,00 €',
        '    Donnée : ETP conventionnés = 1',
        '    Paramètre : Plafond par ETP = 52 000,00 €, du 1er janvier 2026 au 31 décembre 2026, fixé par la convention (ASE-FIN-01)',
        '    Règle : ASE-FIN-01',
      ].join('\n'),
    );
  });

  it('is as short as what it holds', () => {
    expect(texteExplication({ libelle: 'Solde', resultat: '0,00 €' })).toBe('Solde : 0,00 €');
  });

  it('survives JSON: same tree, same text', () => {
    fc.assert(
      fc.property(uneExplication, (explication) => {
        const enJson: EnJson<Explication> = explication;
        const relue = JSON.parse(JSON.stringify(enJson)) as Explication;
        expect(relue).toEqual(explication);
        expect(texteExplication(relue)).toBe(texteExplication(explication));
      }),
    );
  });

  it('loses nothing: every input, parameter, rule and part is in the text', () => {
    fc.assert(
      fc.property(uneExplication, (explication) => {
        const page = texteExplication(explication);
        for (const valeur of valeursDe(explication)) expect(page).toContain(valeur);
      }),
    );
  });

  it('refuses a parameter whose date is not one', () => {
    const parametres = [{ ...(AVANCE.parametres as ParametreCite[])[0]!, du: 'janvier' }];
    expect(() => texteExplication({ ...AVANCE, parametres })).toThrow(ErreurValeur);
  });
});

function valeursDe(e: Explication): string[] {
  return [
    ...[e.libelle, e.resultat, e.formule, e.regle, e.interpretation, e.arrondi].filter((v) => v !== undefined),
    ...(e.entrees ?? []).flatMap(({ nom, valeur }) => [nom, valeur]),
    ...(e.parametres ?? []).flatMap((p) => [p.libelle, p.valeur, p.regle]),
    ...(e.lignes ?? []).flatMap(valeursDe),
  ];
}
