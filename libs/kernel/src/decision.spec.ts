import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CODES_ERREUR } from './codes-erreur.js';
import type { CodeErreur } from './codes-erreur.js';
import { aConfirmer, exiger, non, oui, toutes } from './decision.js';
import type { Decision, Motif } from './decision.js';
import { ErreurValeur, Refus } from './erreurs.js';

const unMotif: fc.Arbitrary<Motif> = fc.record(
  {
    code: fc.constantFrom(...(Object.keys(CODES_ERREUR) as CodeErreur[])),
    message: fc.string(),
    regle: fc.option(fc.constantFrom('ASE-ELIG-03', 'ASE-CAL-02')),
    chemin: fc.array(fc.string()),
  },
  { requiredKeys: ['code', 'message', 'regle'] },
);
const desMotifs = fc.array(unMotif, { minLength: 1, maxLength: 3 });
const uneDecision: fc.Arbitrary<Decision> = fc.oneof(fc.constant(oui()), desMotifs.map(non), desMotifs.map(aConfirmer));

const AGE: Motif = { code: 'A_CONFIRMER', message: 'Le jeune a 25 ans : zone limite.', regle: 'AMB-001' };
const RSA: Motif = {
  code: 'REGLE_NON_RESPECTEE',
  message: 'Le jeune perçoit le RSA.',
  regle: 'ASE-ELIG-02',
  chemin: ['rsa'],
};

describe('Decision', () => {
  it('keeps its motifs, given one or several', () => {
    expect(non(RSA)).toEqual({ issue: 'NON', motifs: [RSA] });
    expect(aConfirmer([AGE, RSA])).toEqual({ issue: 'A_CONFIRMER', motifs: [AGE, RSA] });
    expect(oui()).toEqual({ issue: 'OUI', motifs: [] });
  });

  it('refuses a NON or an A_CONFIRMER without a motif', () => {
    expect(() => non([])).toThrow(ErreurValeur);
    expect(() => aConfirmer([])).toThrow(ErreurValeur);
  });

  it.each([
    [[], 'OUI'],
    [[oui()], 'OUI'],
    [[oui(), aConfirmer(AGE)], 'A_CONFIRMER'],
    [[aConfirmer(AGE), non(RSA), oui()], 'NON'],
  ] as const)('NON wins over A_CONFIRMER, which wins over OUI: %j', (decisions, issue) => {
    expect(toutes(...decisions).issue).toBe(issue);
  });

  it('toutes: NON exactly when one is NON, OUI exactly when all are, and every motif kept in order', () => {
    fc.assert(
      fc.property(fc.array(uneDecision), (decisions) => {
        const ensemble = toutes(...decisions);
        expect(ensemble.issue === 'NON').toBe(decisions.some((d) => d.issue === 'NON'));
        expect(ensemble.issue === 'OUI').toBe(decisions.every((d) => d.issue === 'OUI'));
        expect(ensemble.motifs).toEqual(decisions.flatMap((d) => d.motifs));
      }),
    );
  });

  it('toutes is associative, commutative on the issue, and oui() changes nothing', () => {
    fc.assert(
      fc.property(uneDecision, uneDecision, uneDecision, (a, b, c) => {
        expect(toutes(toutes(a, b), c)).toEqual(toutes(a, toutes(b, c)));
        expect(toutes(a, b, c)).toEqual(toutes(toutes(a, b), c));
        expect(toutes(a, b).issue).toBe(toutes(b, a).issue);
        expect(toutes(a, oui())).toEqual(a);
        expect(toutes(oui(), a)).toEqual(a);
      }),
    );
  });

  it('exiger: only a yes goes on; each motif becomes an error', () => {
    fc.assert(
      fc.property(uneDecision, (decision) => {
        if (decision.issue === 'OUI') return expect(() => exiger(decision)).not.toThrow();
        const refus = refusDe(() => exiger(decision));
        return expect(refus.erreurs).toEqual(
          decision.motifs.map(({ code, message, regle, chemin = [] }) => ({ code, message, regle, path: chemin })),
        );
      }),
    );
  });

  it('exiger: a borderline case does not pass by itself (AMB-001)', () => {
    expect(() => exiger(aConfirmer(AGE))).toThrow(Refus);
  });
});

function refusDe(essai: () => void): Refus {
  try {
    essai();
  } catch (erreur) {
    if (erreur instanceof Refus) return erreur;
  }
  throw new Error('no Refus was thrown');
}
