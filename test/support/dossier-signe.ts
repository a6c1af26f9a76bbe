import { codes, faire } from './chaine-de-paiement.js';
import type { GatewayEssai } from './gateway-essai.js';
import { type ErreurLue, lire, muter } from './parcours-coordo-ase.js';
import { joindrePieces, libererPieces } from './pieces-jointes.js';

/** What takes a dossier of a dispositif from its draft to its two signatures. */
export interface DossierType {
  readonly code: string;
  readonly prefixe: string;
  readonly porteur: string;
  /** Who gives its opinion, in Lens. */
  readonly service: string;
  readonly champs: object;
  readonly confirmations: readonly string[];
  /** Codes of the pieces joined to the candidature and to the convention; a spec that joins any runs a worker. */
  readonly pieces?: { readonly depot?: readonly string[]; readonly convention?: readonly string[] };
  readonly convention: { du: string; au: string; montant: string; termes: object };
  /** Day of both signatures; the clock's first day when left out. */
  readonly signeeLe?: string;
}

export async function activerDispositif(gateway: GatewayEssai, dispositif: string): Promise<void> {
  await faire(gateway, 'administrateur', 'dispositifActiver', 'dispositif { code }', {
    dispositif,
    territoires: ['LENS_LIEVIN'],
  });
}

/** A candidature, from its draft to the siège's decision; returns its id. */
export async function retenir(gateway: GatewayEssai, dossier: DossierType): Promise<string> {
  const candidatureId = await deposerEtValider(gateway, dossier);
  await instruire(gateway, dossier, candidatureId);
  return candidatureId;
}

/** A candidature that its porteur has deposited and validated; returns its id. */
export async function deposerEtValider(gateway: GatewayEssai, dossier: DossierType): Promise<string> {
  const { porteur } = dossier;
  const candidatureId = await ouvrirBrouillon(gateway, dossier);
  await faire(gateway, porteur, 'candidatureDeposer', 'candidature { id }', { candidatureId });
  await faire(gateway, porteur, 'candidatureValider', 'candidature { id }', { candidatureId });
  return candidatureId;
}

/** What a complete draft is refused for when it is deposited; nothing when it is not. */
export async function tenterDepot(gateway: GatewayEssai, dossier: DossierType): Promise<readonly ErreurLue[]> {
  const candidatureId = await ouvrirBrouillon(gateway, dossier);
  return (await muter(gateway, dossier.porteur, 'candidatureDeposer', 'candidature { id }', { candidatureId })).errors;
}

/** Refusals as a rule and the place that it judges. */
export function regles(errors: readonly ErreurLue[]): string[] {
  return errors.map(({ regle, path }) => `${regle} ${path.join('.')}`);
}

/** A draft with all its fields; returns its id. */
export async function ouvrirBrouillon(
  gateway: GatewayEssai,
  { code, prefixe, porteur, champs, pieces }: DossierType,
): Promise<string> {
  const { appels, moi } = await lire<{
    appels: { nodes: { id: string }[] };
    moi: { habilitations: { nodes: { structure: { id: string } }[] } };
  }>(
    gateway,
    porteur,
    `{ appels(dispositif: "${code}") { nodes { id } } moi { habilitations { nodes { structure { id } } } } }`,
  );
  const { candidature } = await faire(gateway, porteur, `candidature${prefixe}Creer`, 'candidature { id }', {
    appelId: appels.nodes[0]!.id,
    structureId: moi.habilitations.nodes[0]!.structure.id,
    territoires: ['LENS_LIEVIN'],
    champs,
  });
  const { id: candidatureId } = candidature as { id: string };
  await joindrePieces(gateway, porteur, { candidatureId }, pieces?.depot ?? []);
  return candidatureId;
}

/** The opinion of its service, then the siège's decision to retain it. */
export async function instruire(
  gateway: GatewayEssai,
  { service, confirmations, pieces }: Pick<DossierType, 'service' | 'confirmations' | 'pieces'>,
  candidatureId: string,
): Promise<void> {
  if (pieces?.depot !== undefined) await libererPieces(gateway, { candidatureId });
  const avis = { candidatureId, sens: 'FAVORABLE', motif: 'Attendu.' };
  await faire(gateway, service, 'candidatureDonnerAvis', 'candidature { id }', avis);
  const decision = { candidatureId, sens: 'RETENUE', motif: 'Prêt.', confirmations };
  await faire(gateway, 'siege', 'candidatureDecider', 'candidature { id }', decision);
}

/** The convention of a retained candidature, or what its preparation is refused for. */
export async function preparer(
  gateway: GatewayEssai,
  { prefixe, convention }: Pick<DossierType, 'prefixe' | 'convention'>,
  candidatureId: string,
): Promise<{ conventionId: string; refus: string[] }> {
  const { convention: preparee, errors } = await muter(
    gateway,
    'siege',
    `convention${prefixe}Preparer`,
    'convention { id }',
    { candidatureId, ...convention },
  );
  return { conventionId: (preparee as { id: string } | null)?.id ?? '', refus: codes(errors) };
}

/** Prepares the convention of a retained candidature and signs it for both; returns its id, or what the last signature is refused for. */
export async function signer(
  gateway: GatewayEssai,
  dossier: DossierType,
  candidatureId: string,
): Promise<{ conventionId: string; refus: string[] }> {
  const preparee = await faire(gateway, 'siege', `convention${dossier.prefixe}Preparer`, 'convention { id }', {
    candidatureId,
    ...dossier.convention,
  });
  const { id: conventionId } = preparee['convention'] as { id: string };
  return { conventionId, refus: await apposer(gateway, dossier, conventionId) };
}

/** Both signatures of a convention, once its pieces are joined; returns what the last one is refused for. */
export async function apposer(
  gateway: GatewayEssai,
  { porteur, pieces, signeeLe = '2026-02-02' }: Pick<DossierType, 'porteur' | 'pieces' | 'signeeLe'>,
  conventionId: string,
): Promise<string[]> {
  if (pieces?.convention !== undefined) {
    await joindrePieces(gateway, porteur, { conventionId }, pieces.convention);
    await libererPieces(gateway, { conventionId });
  }
  const signature = { conventionId, signeeLe, qualite: 'direction' };
  await faire(gateway, porteur, 'conventionSigner', 'convention { etat }', { ...signature, partie: 'PORTEUR' });
  const derniere = { ...signature, partie: 'DEPARTEMENT' };
  return codes((await muter(gateway, 'siege', 'conventionSigner', 'convention { etat }', derniere)).errors);
}
