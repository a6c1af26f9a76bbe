import type { GatewayEssai } from './gateway-essai.js';
import type { Horloge } from '@sillage/kernel';

/** An error of a payload. */
export interface ErreurLue {
  code: string;
  message: string;
  path: string[];
  regle: string | null;
}

type Gateway = Pick<GatewayEssai<Horloge>, 'requete'>;

export type ReponseLue = Record<string, unknown> & { errors: ErreurLue[] };

/** The answer of a mutation: its object, or its errors. A fault of the protocol is a failure of the spec. */
export async function muter(
  gateway: Gateway,
  compte: string,
  nom: string,
  selection: string,
  input: object,
): Promise<ReponseLue> {
  const type = `${nom.charAt(0).toUpperCase()}${nom.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${nom}(input: $input) { ${selection} errors { code message path regle } } }`;
  const { data, errors } = await gateway.requete<Record<string, ReponseLue>>(compte, document, { input });
  if (errors !== undefined || !data) throw new Error(`${nom} : ${JSON.stringify(errors)}`);
  return data[nom]!;
}

/** The answer of a query. A fault of the protocol is a failure of the spec. */
export async function lire<D>(gateway: Gateway, compte: string, document: string, variables: object = {}): Promise<D> {
  const { data, errors } = await gateway.requete<D>(compte, document, { ...variables });
  if (errors !== undefined || !data) throw new Error(JSON.stringify(errors));
  return data;
}

/** A file of one ETP at the cap, complete and admissible. */
export const CHAMPS_COMPLETS = {
  intitule: 'Cap autonomie',
  presentation: 'Un coordo dédié aux jeunes confiés du territoire.',
  expertise: 'Dix ans d’accompagnement des 16-25 ans.',
  etp: '1',
  accompagnementsEngages: 30,
  depensesDirectes: [{ nature: 'SALAIRES', libelle: 'Un coordo à temps plein', montant: '43333.33' }],
  montantDemande: '52000.00',
  engagementMoyens: true,
  engagementAccompagnement: true,
  engagementPartenariatDepartement: true,
  engagementProcedures: true,
  engagementCommunication: true,
  engagementPartenariatTerritorial: true,
  contactNom: 'Contact de démonstration',
  contactCourriel: 'contact@exemple.test',
};

export async function activer(gateway: Gateway, territoires: readonly string[] = ['LENS_LIEVIN']): Promise<void> {
  const { errors } = await muter(gateway, 'administrateur', 'dispositifActiver', 'dispositif { code }', {
    dispositif: 'coordo-ase',
    territoires,
  });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
}

export async function idsDeBase(
  gateway: Gateway,
  compte = 'association',
): Promise<{ appelId: string; structureId: string }> {
  const { appels, moi } = await lire<{
    appels: { nodes: { id: string }[] };
    moi: { habilitations: { nodes: { structure: { id: string } }[] } };
  }>(
    gateway,
    compte,
    '{ appels(dispositif: "coordo-ase") { nodes { id } } moi { habilitations { nodes { structure { id } } } } }',
  );
  return { appelId: appels.nodes[0]!.id, structureId: moi.habilitations.nodes[0]!.structure.id };
}

/** Opens a draft and returns its id. */
export async function creerBrouillon(
  gateway: Gateway,
  champs: object = CHAMPS_COMPLETS,
  territoires = ['LENS_LIEVIN'],
): Promise<string> {
  const ids = await idsDeBase(gateway);
  const { candidature, errors } = await muter(
    gateway,
    'association',
    'candidatureCoordoAseCreer',
    'candidature { id }',
    { ...ids, territoires, champs },
  );
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return (candidature as { id: string }).id;
}

/** From draft to a convention that lacks the Département's signature; returns its id. */
export async function jusquALaDerniereSignature(
  gateway: Gateway,
  montant = '52000.00',
  periode = { du: '2026-03-01', au: '2027-02-28' },
): Promise<{ candidatureId: string; conventionId: string }> {
  const candidatureId = await creerBrouillon(gateway);
  const faire = async (
    compte: string,
    nom: string,
    selection: string,
    input: object,
  ): Promise<Record<string, unknown>> => {
    const reponse = await muter(gateway, compte, nom, selection, input);
    if (reponse.errors.length > 0) throw new Error(`${nom} : ${JSON.stringify(reponse.errors)}`);
    return reponse;
  };
  await faire('association', 'candidatureDeposer', 'candidature { id }', { candidatureId });
  await faire('association', 'candidatureValider', 'candidature { id }', { candidatureId });
  await faire('slai-lens', 'candidatureDonnerAvis', 'candidature { id }', {
    candidatureId,
    sens: 'FAVORABLE',
    motif: 'Attendu.',
  });
  await faire('siege', 'candidatureDecider', 'candidature { id }', {
    candidatureId,
    sens: 'RETENUE',
    motif: 'Prêt.',
    confirmations: [],
  });
  const { convention } = await faire('siege', 'conventionCoordoAsePreparer', 'convention { id }', {
    candidatureId,
    ...periode,
    montant,
    termes: { etp: '1', accompagnements: 30, budgetAdopte: true },
  });
  const conventionId = (convention as { id: string }).id;
  const signature = { conventionId, signeeLe: '2026-02-02', qualite: 'présidence' };
  await faire('association', 'conventionSigner', 'convention { id }', { ...signature, partie: 'PORTEUR' });
  return { candidatureId, conventionId };
}

export function signerPourLeDepartement(gateway: Gateway, conventionId: string): Promise<ReponseLue> {
  return muter(gateway, 'siege', 'conventionSigner', 'convention { etat signeeLe }', {
    conventionId,
    partie: 'DEPARTEMENT',
    signeeLe: '2026-02-02',
    qualite: 'direction, par délégation',
  });
}
