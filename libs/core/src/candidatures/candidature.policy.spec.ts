import { describe, expect, it } from '@jest/globals';
import { type Decision, dateCivile, lireInstant, non, oui } from '@sillage/kernel';
import fc from 'fast-check';
import { ETATS_CANDIDATURE, type EtatCandidature } from './candidature.entity.js';
import {
  ACTIONS_CANDIDATURE,
  type ActionCandidature,
  deciderAction,
  type SituationCandidature,
} from './candidature.policy.js';

const inactif: Decision = non({ code: 'DISPOSITIF_INACTIF', message: 'Inactif.', regle: 'TRANS-01' });
const PENDANT = '2026-02-15T23:59:59+01:00';
const APRES = '2026-02-16T00:00:00+01:00';

const situation = fc.record({
  etat: fc.constantFrom(...(Object.keys(ETATS_CANDIDATURE) as EtatCandidature[])),
  maintenant: fc.constantFrom('2026-01-11T23:59:59+01:00', '2026-01-12T00:00:00+01:00', PENDANT, APRES),
  commence: fc.boolean(),
  continue: fc.boolean(),
  attendus: fc.subarray(['SLAI (Artois)', 'SLAI (Ternois)']),
  complement: fc.constantFrom(null, '2026-02-15', '2026-01-10'),
  apresCloture: fc.boolean(),
});
type Tirage = typeof situation extends fc.Arbitrary<infer T> ? T : never;

const decider = (action: ActionCandidature, t: Tirage): Decision => {
  const s: SituationCandidature = {
    etat: t.etat,
    maintenant: lireInstant(t.maintenant),
    appel: { libelle: 'Appel', etat: 'PUBLIE', ouverture: dateCivile('2026-01-12'), cloture: dateCivile('2026-02-15') },
    regleFenetre: 'ASE-CAL-01',
    activation: { commencer: t.commence ? oui() : inactif, continuer: t.continue ? oui() : inactif },
    avisAttendus: t.attendus,
    complement: {
      attendu: t.complement === null ? null : dateCivile(t.complement),
      pieces: [],
      demandeLe: null,
      apresCloture: t.apresCloture,
    },
  };
  return deciderAction(action, s);
};
const actions = Object.keys(ACTIONS_CANDIDATURE) as ActionCandidature[];
const dansLaFenetre = (t: Tirage): boolean => t.maintenant === PENDANT || t.maintenant === '2026-01-12T00:00:00+01:00';

describe('What may be done on a candidature', () => {
  it('is open only in the states of the action, whatever else holds (AMB-105)', () => {
    fc.assert(
      fc.property(situation, fc.constantFrom(...actions), (t, action) => {
        const permis: readonly EtatCandidature[] = ACTIONS_CANDIDATURE[action].etats;
        if (decider(action, t).issue === 'OUI') expect(permis).toContain(t.etat);
        else expect(decider(action, t).motifs.length).toBeGreaterThan(0);
      }),
    );
  });

  it('before the decision, belongs to the window: deposit and validation alike (AMB-044, ASE-CAL-01)', () => {
    fc.assert(
      fc.property(
        situation,
        fc.constantFrom('ENREGISTRER' as const, 'DEPOSER' as const, 'VALIDER' as const),
        (t, action) => {
          const etat = ACTIONS_CANDIDATURE[action].etats[0];
          const actif = action === 'VALIDER' ? t.continue : t.commence;
          expect(decider(action, { ...t, etat }).issue === 'OUI').toBe(actif && dansLaFenetre(t));
        },
      ),
    );
  });

  it('after it, goes on whatever the date, as long as what is in flight may be finished', () => {
    fc.assert(
      fc.property(situation, (t) => {
        expect(decider('CONVENTIONNER', { ...t, etat: 'RETENUE' }).issue === 'OUI').toBe(t.continue);
        expect(decider('DONNER_AVIS', { ...t, etat: 'VALIDEE' }).issue === 'OUI').toBe(t.continue);
        const decision = decider('DECIDER', { ...t, etat: 'VALIDEE' });
        const attendu = t.complement !== null && lireInstant(t.maintenant).toString() < `${t.complement}T23:00:00Z`;
        expect(decision.issue === 'OUI').toBe(t.continue && t.attendus.length === 0 && !attendu);
      }),
    );
  });

  it('is completed one demand at a time, and not after the closing unless the appel says so (AMB-107)', () => {
    fc.assert(
      fc.property(situation, (t) => {
        const validee = { ...t, etat: 'VALIDEE' as const };
        const ouvert = t.continue && (t.apresCloture || t.maintenant !== APRES);
        expect(decider('DEMANDER_COMPLEMENT', validee).issue === 'OUI').toBe(ouvert && t.complement === null);
        expect(decider('RENDRE_COMPLEMENT', validee).issue === 'OUI').toBe(ouvert && t.complement !== null);
      }),
    );
  });

  it('lets a porteur give up as long as nobody has decided, but where what is in flight is suspended (AMB-177)', () => {
    fc.assert(
      fc.property(situation, (t) => {
        const ouverte = t.etat === 'BROUILLON' || t.etat === 'DEPOSEE';
        expect(decider('ABANDONNER', t).issue === 'OUI').toBe(ouverte && t.continue);
      }),
    );
  });
});
