import { describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { Debit, type OptionsDebit } from './debit.js';

const MINUTE = 60_000;
const MOI = { departementId: '62', utilisateurId: 'u1' };

/** A clock and a store that the gateways of a test share. */
function monde() {
  const etat = { maintenant: 10 * MINUTE, panne: false, ecritures: 0, fautes: 0 };
  const partagees = new Map<string, number>();
  const partager: OptionsDebit['partager'] = async ({ departementId, utilisateurId }, minute, points) => {
    etat.ecritures += 1;
    if (etat.panne) throw new Error('la base est absente');
    const cle = `${departementId} ${utilisateurId} ${minute}`;
    partagees.set(cle, (partagees.get(cle) ?? 0) + points);
    return partagees.get(cle)!;
  };
  const gateway = (): Debit =>
    new Debit({
      pointsParMinute: 1000,
      echecsParMinute: 3,
      partager,
      signaler: () => (etat.fautes += 1),
      maintenant: () => etat.maintenant,
    });
  return { etat, gateway };
}

async function depenserJusquAuRefus(gateways: readonly Debit[], points: number, payeur = MOI): Promise<number> {
  for (let depense = 0; ; depense += points) {
    const erreur = essayer(() => gateways[(depense / points) % gateways.length]!.depenser(payeur, points));
    if (erreur) {
      expect(erreur.extensions).toMatchObject({ code: 'TROP_DE_REQUETES', http: { status: 429 } });
      return depense;
    }
    // The store answers before the next request.
    await new Promise(setImmediate);
  }
}

function essayer(action: () => void): GraphQLError | undefined {
  try {
    action();
    return undefined;
  } catch (erreur) {
    expect(erreur).toBeInstanceOf(GraphQLError);
    return erreur as GraphQLError;
  }
}

describe('ce qu’une personne dépense', () => {
  it('s’arrête au budget, et reprend à la minute suivante', async () => {
    const { etat, gateway } = monde();
    const seul = gateway();
    etat.maintenant += 15_000;
    expect(await depenserJusquAuRefus([seul], 10)).toBe(1000);
    const refus = essayer(() => seul.depenser(MOI, 1))!;
    const { headers } = refus.extensions['http'] as { headers: Map<string, string> };
    expect(headers.get('retry-after')).toBe('45');
    expect(refus.message).toContain('45 s');
    etat.maintenant += 45_000;
    expect(await depenserJusquAuRefus([seul], 10)).toBe(1000);
  });

  it('ne coûte rien aux autres, ni à la même personne dans un autre département', async () => {
    const { gateway } = monde();
    const seul = gateway();
    await depenserJusquAuRefus([seul], 100);
    expect(essayer(() => seul.depenser({ ...MOI, utilisateurId: 'u2' }, 1))).toBeUndefined();
    expect(essayer(() => seul.depenser({ ...MOI, departementId: '99' }, 1))).toBeUndefined();
  });

  it.each([1, 2, 3, 5])('est partagé par %d gateways, à une part du budget chacun', async (nombre) => {
    const { gateway } = monde();
    const depense = await depenserJusquAuRefus(Array.from({ length: nombre }, gateway), 10);
    expect(depense).toBeGreaterThanOrEqual(1000);
    expect(depense).toBeLessThanOrEqual(1000 + nombre * 50);
  });

  it('n’est écrit que par parts : l’usage ordinaire n’écrit rien', async () => {
    const { etat, gateway } = monde();
    const seul = gateway();
    for (let i = 0; i < 49; i += 1) seul.depenser(MOI, 1);
    expect(etat.ecritures).toBe(0);
    await depenserJusquAuRefus([seul], 1);
    expect(etat.ecritures).toBeLessThanOrEqual(20);
  });

  it('reste compté sur place quand la base ne répond pas, et personne n’en souffre', async () => {
    const { etat, gateway } = monde();
    etat.panne = true;
    expect(await depenserJusquAuRefus([gateway()], 10)).toBe(1000);
    expect(etat.fautes).toBe(20);
  });
});

describe('une adresse qui échoue', () => {
  it('est refusée avant d’être écoutée, sauf qui était connu, jusqu’à la minute suivante', () => {
    const { etat, gateway } = monde();
    const seul = gateway();
    const admettre = (adresse: string, connu = false): unknown =>
      essayer(() => seul.admettre(adresse, () => connu))?.extensions['code'];
    for (let i = 0; i < 3; i += 1) {
      expect(admettre('192.0.2.1')).toBeUndefined();
      seul.noterEchec('192.0.2.1');
    }
    expect(admettre('192.0.2.1')).toBe('TROP_DE_REQUETES');
    expect(admettre('192.0.2.1', true)).toBeUndefined();
    expect(admettre('192.0.2.2')).toBeUndefined();
    etat.maintenant += MINUTE;
    expect(admettre('192.0.2.1')).toBeUndefined();
  });
});
