import { faire, refusCites } from './chaine-de-paiement.js';
import type { GatewayEssai } from './gateway-essai.js';
import { lire, muter, type ReponseLue } from './parcours-coordo-ase.js';
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

/** What a draft is refused for, as `refusCites` says it; nothing when it is not. */
export async function tenterBrouillon(gateway: GatewayEssai, dossier: DossierType): Promise<string[]> {
  return refusCites((await creerBrouillon(gateway, dossier)).errors);
}

/** What a complete draft is refused for when it is deposited. */
export async function tenterDepot(gateway: GatewayEssai, dossier: DossierType): Promise<string[]> {
  const candidatureId = await ouvrirBrouillon(gateway, dossier);
  const { errors } = await muter(gateway, dossier.porteur, 'candidatureDeposer', 'candidature { id }', {
    candidatureId,
  });
  return refusCites(errors);
}

/** What the siège is refused when it retains a candidature that is deposited and validated. */
export async function tenterDecision(
  gateway: GatewayEssai,
  dossier: DossierType,
  candidatureId: string,
): Promise<string[]> {
  const { service, confirmations, pieces } = dossier;
  if (pieces?.depot !== undefined) await libererPieces(gateway, { candidatureId });
  const avis = { candidatureId, sens: 'FAVORABLE', motif: 'Attendu.' };
  await faire(gateway, service, 'candidatureDonnerAvis', 'candidature { id }', avis);
  const decision = { candidatureId, sens: 'RETENUE', motif: 'Prêt.', confirmations };
  return refusCites((await muter(gateway, 'siege', 'candidatureDecider', 'candidature { id }', decision)).errors);
}

/** A draft with all its fields; returns its id. */
export async function ouvrirBrouillon(gateway: GatewayEssai, dossier: DossierType): Promise<string> {
  const { candidature, errors } = await creerBrouillon(gateway, dossier);
  if (errors.length > 0) throw new Error(`${dossier.code} : ${JSON.stringify(errors)}`);
  const { id: candidatureId } = candidature as { id: string };
  await joindrePieces(gateway, dossier.porteur, { candidatureId }, dossier.pieces?.depot ?? []);
  return candidatureId;
}

async function creerBrouillon(
  gateway: GatewayEssai,
  { code, prefixe, porteur, champs }: DossierType,
): Promise<ReponseLue> {
  const { appels, moi } = await lire<{
    appels: { nodes: { id: string }[] };
    moi: { habilitations: { nodes: { structure: { id: string } }[] } };
  }>(
    gateway,
    porteur,
    `{ appels(dispositif: "${code}") { nodes { id } } moi { habilitations { nodes { structure { id } } } } }`,
  );
  return muter(gateway, porteur, `candidature${prefixe}Creer`, 'candidature { id }', {
    appelId: appels.nodes[0]!.id,
    structureId: moi.habilitations.nodes[0]!.structure.id,
    territoires: ['LENS_LIEVIN'],
    champs,
  });
}

/** The opinion of its service, then the siège's decision to retain it. */
export async function instruire(gateway: GatewayEssai, dossier: DossierType, candidatureId: string): Promise<void> {
  const refus = await tenterDecision(gateway, dossier, candidatureId);
  if (refus.length > 0) throw new Error(`candidatureDecider : ${refus.join(', ')}`);
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
  return { conventionId: (preparee as { id: string } | null)?.id ?? '', refus: refusCites(errors) };
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
  return refusCites((await muter(gateway, 'siege', 'conventionSigner', 'convention { etat }', derniere)).errors);
}
