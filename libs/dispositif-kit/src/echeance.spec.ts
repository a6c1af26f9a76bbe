import { describe, expect, it } from '@jest/globals';
import { dateCivile } from '@sillage/kernel';
import type { FormeEcheance } from './dispositif.js';
import { calculerEcheance } from './echeance.js';
import { parametre } from './parametre.js';

const parametres = {
  delaiRendezVous: parametre.jours([{ du: '2026-01-12', valeur: 15 }], { libelle: 'Délai', regle: 'ASE-DEL-01' }),
  delaiBilan: parametre.mois([{ du: '2026-01-12', valeur: 1 }], { libelle: 'Bilan', regle: 'FAJCO-DEL-01' }),
};
const echeance = (dans: keyof typeof parametres) => ({
  code: 'E',
  libelle: 'E',
  depuis: 'Départ',
  dans,
  regle: 'TRANS-20',
});
const date = (dans: keyof typeof parametres, depart: string): string =>
  calculerEcheance(echeance(dans), parametres, dateCivile(depart), []).date.toString();

describe('A declared deadline (TRANS-20)', () => {
  it('ASE-DEL-01: contact on 2026-03-02, appointment on the 17th at the latest (AMB-056, AMB-057)', () => {
    expect(date('delaiRendezVous', '2026-03-02')).toBe('2026-03-17');
  });

  it('FAJCO-DEL-01: end on 2026-10-31, report by 2026-11-30 (AMB-055)', () => {
    expect(date('delaiBilan', '2026-10-31')).toBe('2026-11-30');
  });

  it('uses the delay in force on the day of the event, and cites it', () => {
    const surcharge = {
      cle: 'delaiRendezVous',
      portee: 'CONVENTION' as const,
      porteeId: 'x',
      du: dateCivile('2026-03-01'),
      au: null,
      valeur: 10,
    };
    const calculee = calculerEcheance(echeance('delaiRendezVous'), parametres, dateCivile('2026-03-02'), [surcharge]);
    expect(calculee.date.toString()).toBe('2026-03-12');
    expect(calculee.explication.parametres?.[0]).toMatchObject({ origine: 'CONVENTION', valeur: '10 jours' });
  });

  it('refuses to be computed from a parameter that does not exist', () => {
    expect(() =>
      calculerEcheance({ ...echeance('delaiBilan'), dans: 'absent' }, parametres, dateCivile('2026-03-02'), []),
    ).toThrow('absent');
  });
});

describe('A deadline counted otherwise', () => {
  const declares = {
    duree: parametre.mois([{ du: '2026-01-12', valeur: 12 }], { libelle: 'Durée', regle: 'ASGL-WF-05' }),
    jour: parametre.entier([{ du: '2026-01-12', valeur: 1 }], {
      libelle: 'Jour',
      regle: 'ASGL-CAL-03',
      unite: 'du mois',
    }),
    fin: parametre.entier([{ du: '2026-01-12', valeur: 31 }], { libelle: 'Jour', regle: 'TRANS-20', unite: 'du mois' }),
    age: parametre.entier([{ du: '2000-01-01', valeur: 17 }], { libelle: 'Âge', regle: 'ASE-WF-06', unite: 'ans' }),
  };
  const compter = (dans: keyof typeof declares, forme: FormeEcheance, depart: string) => {
    const declaration = { code: 'E', libelle: 'E', depuis: 'Départ', dans, forme, regle: 'TRANS-20' };
    return calculerEcheance(declaration, declares, dateCivile(depart), []);
  };

  it.each([
    ['duree', 'DERNIER_JOUR', '2026-12-01', '2027-11-30'],
    ['duree', 'DERNIER_JOUR', '2027-03-01', '2028-02-29'],
    ['jour', 'JOUR_DU_MOIS_SUIVANT', '2026-12-15', '2027-01-01'],
    ['fin', 'JOUR_DU_MOIS_SUIVANT', '2027-01-31', '2027-02-28'],
    ['age', 'ANNIVERSAIRE', '2009-09-14', '2026-09-14'],
    ['age', 'ANNIVERSAIRE', '2008-02-29', '2025-03-01'],
  ] as const)('%s, %s: from %s to %s', (dans, forme, depart, attendu) => {
    expect(compter(dans, forme, depart).date.toString()).toBe(attendu);
  });

  it('takes the parameter of the day on which it is looked at, a birth being long past', () => {
    const declaration = { code: 'E', libelle: 'E', depuis: 'Naissance', dans: 'age', regle: 'ASE-WF-06' } as const;
    const calculer = (le?: string) =>
      calculerEcheance(
        { ...declaration, forme: 'ANNIVERSAIRE' },
        declares,
        dateCivile('1999-06-01'),
        [],
        ...(le ? [dateCivile(le)] : []),
      ).date.toString();
    expect(() => calculer()).toThrow(/n’a pas de valeur au 1er juin 1999/);
    expect(calculer('2015-01-01')).toBe('2016-06-01');
  });

  it('says how it was counted', () => {
    expect(compter('age', 'ANNIVERSAIRE', '2008-02-29').explication).toMatchObject({ interpretation: 'AMB-030' });
    expect(compter('duree', 'DERNIER_JOUR', '2026-12-01').explication.formule).toContain('− 1 jour');
  });
});
