import { describe, expect, it } from '@jest/globals';
import { dateCivile, Fraction, Montant } from '@sillage/kernel';
import { type Changement, deciderChangement } from './avenant.policy.js';

const contenu = (
  montant = '52000.00',
  au = '2027-02-28',
  champs: object = { montantDemande: Montant.euros('52000') },
) => ({
  au: dateCivile(au),
  montant: Montant.euros(montant),
  champs,
});
const termes = (etp: string) => ({ etp: Fraction.decimale(etp), accompagnements: 30 });
const signes = (...liste: [du: string, etp: string][]) =>
  liste.map(([du, etp]) => ({ du: dateCivile(du), termes: termes(etp) }));
const RIEN: Changement = {
  avant: contenu(),
  apres: contenu('52000'),
  termesAvant: signes(['2026-03-01', '1']),
  termesApres: termes('1.00'),
  effetLe: dateCivile('2026-09-01'),
};

describe('TRANS-09: an avenant changes something', () => {
  it.each<[string, Partial<Changement>]>([
    ['what is said again otherwise', {}],
    ['terms that hold since before its day', { termesAvant: signes(['2026-03-01', '2'], ['2026-06-01', '1']) }],
    ['terms that hold since its own day', { termesAvant: signes(['2026-03-01', '2'], ['2026-09-01', '1']) }],
    [
      'terms that were changed, and changed back by a later signature',
      { termesAvant: signes(['2026-03-01', '1'], ['2026-10-01', '2'], ['2026-04-01', '1']) },
    ],
  ])('refuses %s', (_, autres) => {
    expect(deciderChangement({ ...RIEN, ...autres })).toMatchObject({
      issue: 'NON',
      motifs: [{ code: 'REGLE_NON_RESPECTEE', regle: 'TRANS-09', chemin: ['input'] }],
    });
  });

  it.each<[string, Partial<Changement>]>([
    ['the amount, by a cent', { apres: contenu('52000.01') }],
    ['the last day', { apres: contenu('52000.00', '2027-02-27') }],
    [
      'a field of the candidature',
      { apres: contenu('52000.00', '2027-02-28', { montantDemande: Montant.euros('1') }) },
    ],
    ['the terms', { termesApres: termes('1.01') }],
    ['terms that would begin later', { termesAvant: signes(['2026-03-01', '2'], ['2026-09-02', '1']) }],
    ['terms to come', { termesAvant: signes(['2026-03-01', '1'], ['2026-10-01', '2']) }],
  ])('admits %s', (_, autres) => {
    expect(deciderChangement({ ...RIEN, ...autres }).issue).toBe('OUI');
  });
});
