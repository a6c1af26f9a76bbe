import { type Worker, creerWorker } from '@sillage/worker';
import type { Dispositif } from '@sillage/dispositif-kit';
import { creerJournal } from '@sillage/socle';
import type { GatewayEssai } from './gateway-essai.js';
import { type ErreurLue, lire, muter, type ReponseLue } from './parcours-coordo-ase.js';

export interface VersementSuivi {
  id: string;
  numero: string;
  tranche: string;
  sens: string;
  montant: string;
  etat: string;
  explication: { resultat: string; texte: string };
}

const CHAMPS = 'id numero tranche sens montant etat explication { resultat texte }';

/** A worker beside a gateway: it computes what the gateway's events make due. */
export async function demarrerWorker(
  gateway: GatewayEssai,
  dispositifs: readonly Dispositif[],
  reglagesJobs: Parameters<typeof creerWorker>[0]['reglagesJobs'] = {},
): Promise<Worker> {
  const { configurationWorker: configuration, horloge } = gateway;
  const journal = creerJournal({ service: 'worker', niveau: 'error', destination: { write: () => undefined } });
  const worker = await creerWorker({ configuration, dispositifs, horloge, journal, reglagesJobs });
  await worker.demarrer();
  return worker;
}

/** What a mutation leaves. @throws Error when it is refused */
export async function faire(
  gateway: GatewayEssai,
  compte: string,
  nom: string,
  selection: string,
  input: object,
): Promise<ReponseLue> {
  const reponse = await muter(gateway, compte, nom, selection, input);
  if (reponse.errors.length > 0) throw new Error(`${nom} : ${JSON.stringify(reponse.errors)}`);
  return reponse;
}

export function codes(errors: readonly ErreurLue[]): string[] {
  return errors.map(({ code, path }) => `${code} ${path.join('.')}`);
}

/** The same, each after its rule. */
export function refusCites(errors: readonly ErreurLue[]): string[] {
  return errors.map(({ regle, code, path }) => `${regle} ${code} ${path.join('.')}`);
}

export async function versementsDe(gateway: GatewayEssai, conventionId: string): Promise<VersementSuivi[]> {
  const document = `query ($id: ID!) { convention(id: $id) { versements { ${CHAMPS} } } }`;
  const { convention } = await lire<{ convention: { versements: VersementSuivi[] } }>(gateway, 'siege', document, {
    id: conventionId,
  });
  return convention.versements;
}

/** The payment of a tranche, once the job has proposed it. @throws Error after twenty seconds */
export async function attendreVersement(
  gateway: GatewayEssai,
  conventionId: string,
  tranche: string,
): Promise<VersementSuivi> {
  const limite = performance.now() + 20_000;
  while (performance.now() < limite) {
    const trouve = (await versementsDe(gateway, conventionId)).find(
      (v) => v.tranche === tranche && v.etat === 'PROPOSE',
    );
    if (trouve) return trouve;
    await new Promise((r) => setTimeout(r, 50));
  }
  throw new Error(`Aucun versement ${tranche} n’est venu.`);
}

/** The service confirms the bilan that an answer brings, as it was declared. */
export async function confirmerBilan(
  gateway: GatewayEssai,
  { prefixe, service }: { prefixe: string; service: string },
  { bilan }: Record<string, unknown>,
): Promise<void> {
  const { id: bilanId, version } = bilan as { id: string; version: number };
  await faire(gateway, service, `bilan${prefixe}Confirmer`, 'bilan { etat }', { bilanId, version });
}

/** What the first enveloppe of a dispositif holds, account by account, those at zero apart. */
export async function soldesDe(gateway: GatewayEssai, dispositif: string): Promise<Record<string, string>> {
  const { enveloppes } = await lire<{ enveloppes: { nodes: { soldes: Record<string, string> }[] } }>(
    gateway,
    'siege',
    `{ enveloppes(dispositif: "${dispositif}") { nodes { soldes { ouvert disponible engage liquide ordonnance paye } } } }`,
  );
  return Object.fromEntries(Object.entries(enveloppes.nodes[0]!.soldes).filter(([, montant]) => montant !== '0.00'));
}

export interface SuiviAttenduLu {
  suivi: string;
  rang: number;
  du: string;
  au: string;
  echeance: string;
  etat: string;
}

/** The reports that a convention is asked for. */
export async function suivisAttendusDe(
  gateway: GatewayEssai,
  compte: string,
  conventionId: string,
): Promise<SuiviAttenduLu[]> {
  const document = `{ convention(id: "${conventionId}") { suivisAttendus { suivi rang du au echeance etat } } }`;
  const { convention } = await lire<{ convention: { suivisAttendus: SuiviAttenduLu[] } }>(gateway, compte, document);
  return convention.suivisAttendus;
}

/** Liquidated by the service, ordered by the siège. */
export async function ordonner(gateway: GatewayEssai, service: string, versementId: string): Promise<void> {
  await faire(gateway, service, 'versementLiquider', 'versement { etat }', { versementId });
  await faire(gateway, 'siege', 'versementOrdonner', 'versement { etat }', { versementId });
}

export interface BordereauLu {
  numero: string;
  contenu: string;
  empreinte: string;
  aPayer: string;
  aReverser: string;
  enAttente: number;
  lignes: { nodes: { montant: string; versement: { numero: string } }[] };
}

export const BORDEREAU = `bordereau { numero contenu empreinte aPayer aReverser enAttente
  lignes { nodes { montant versement { numero } retour { resultat date motif } } } }`;

/** A bordereau of what is ordered, and the file by which the finance software says that all of it is paid. */
export async function payer(gateway: GatewayEssai, date: string): Promise<BordereauLu> {
  const emis = await faire(gateway, 'siege', 'bordereauEmettre', BORDEREAU, {});
  const bordereau = emis['bordereau'] as BordereauLu;
  const lignes = bordereau.lignes.nodes.map(
    ({ montant, versement }) => `${bordereau.numero};${versement.numero};${montant};PAYE;${date};`,
  );
  const contenu = ['bordereau;versement;montant;resultat;date;motif', ...lignes].join('\r\n');
  await faire(gateway, 'siege', 'bordereauRetourImporter', 'bordereau { enAttente }', { contenu });
  return bordereau;
}
