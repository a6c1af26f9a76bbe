import { describe, expect, it } from '@jest/globals';
import { aConfirmer, dateCivile, non, oui } from '@sillage/kernel';
import { champ } from './champ.js';
import { deciderEligibilite, definirEligibilite } from './eligibilite.js';
import { parametre, resoudreTous } from './parametre.js';

const parametres = {
  max: parametre.entier(
    [
      { du: '2026-01-01', valeur: 2 },
      { du: '2027-01-01', valeur: 3 },
    ],
    { libelle: 'Au plus', regle: 'TRANS-17', unite: 'enfants' },
  ),
};
const champs = { enfants: champ.entier({ libelle: 'Enfants' }), cherche: champ.booleen({ libelle: 'Cherche' }) };
const motif = { message: 'Essai.', regle: 'TRANS-17' };
const eligibilite = definirEligibilite<typeof champs, typeof parametres>({
  a: 'Entrée',
  champs,
  regles: [
    {
      regle: 'TRANS-17',
      libelle: 'Enfants',
      decider: ({ personne, parametres: { max } }) =>
        personne.enfants <= max.valeur ? oui() : non({ ...motif, code: 'REGLE_NON_RESPECTEE' }),
    },
    {
      regle: 'TRANS-16',
      libelle: 'Recherche',
      decider: ({ personne }) => (personne.cherche ? oui() : aConfirmer({ ...motif, code: 'A_CONFIRMER' })),
    },
  ],
});

function decider(saisie: object, jour = '2026-06-01') {
  const le = dateCivile(jour);
  return deciderEligibilite(eligibilite, saisie, { le, parametres: resoudreTous(parametres, le, []) });
}

describe('TRANS-17: who may enter', () => {
  it('every rule is asked, a refusal wins, every reason is kept', () => {
    expect(decider({ enfants: 2, cherche: true }).issue).toBe('OUI');
    expect(decider({ enfants: 2, cherche: false }).issue).toBe('A_CONFIRMER');
    expect(decider({ enfants: 3, cherche: false })).toMatchObject({ issue: 'NON', motifs: [{}, {}] });
  });

  it('takes the parameters of the day', () => {
    expect(decider({ enfants: 3, cherche: true }, '2027-01-01').issue).toBe('OUI');
  });

  it('refuses what is missing or unknown, by its path', () => {
    expect(() => decider({ enfants: 1 })).toThrow(/Cherche/);
    expect(() => decider({ enfants: 1, cherche: true, nom: 'x' })).toThrow();
  });
});
