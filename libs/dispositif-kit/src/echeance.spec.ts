import { describe, expect, it } from '@jest/globals';
import { dateCivile } from '@sillage/kernel';
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
