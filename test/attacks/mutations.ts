import { ROLES } from '@sillage/kernel';
import type { Dispositif } from '@sillage/dispositif-kit';
import { type GraphQLField, type GraphQLInputType } from 'graphql';
import { choixDeCreation, type Exigence, type Geste, gesteDe, GESTES } from './gestes.js';
import { type Acteur, type Departement, estHabilite } from './monde/acteurs.js';
import type { Monde, Reponse, Requete } from './monde/monde.js';
import { lireObjet, lireObjets } from './monde/objets.js';
import { type ObjetLu, SANS_CHAMP } from './oracle.js';
import { saisir } from './saisies.js';

export type Classe = 'PERMIS' | 'ACTION_INTERDITE' | 'INTROUVABLE' | 'NON_HABILITE' | 'NON_AUTHENTIFIE';

/** One row, or one choice of structure and territories, on which a mutation can be called. */
export interface Cible {
  readonly mutation: GraphQLField<unknown, unknown>;
  readonly geste: Geste;
  readonly departement: Departement;
  readonly dispositif: Dispositif;
  readonly uuid: string | null;
  readonly objet: ObjetLu;
  readonly requete: Requete;
  readonly partie: string | null;
}

/** Every mutation of the schema on every row of a tenant that it can be called on. */
export async function ciblesDe(monde: Monde, departement: Departement): Promise<Cible[]> {
  const objets = new Map<string, Map<string, ObjetLu>>();
  const cibles: Cible[] = [];
  for (const mutation of Object.values(monde.schema.getMutationType()?.getFields() ?? {})) {
    const trouve = gesteDe(mutation.name, monde.dispositifs);
    if (trouve === null) continue;
    const { geste, dispositif } = trouve;
    const premier = monde.dispositifs[0] as Dispositif;
    if (geste.ligne === undefined) {
      for (const lieu of lieuxSansLigne(monde, geste, departement, dispositif)) {
        const { valeurs, objet, chez } = lieu;
        cibles.push(
          cible({ mutation, geste, departement, dispositif: chez, uuid: null, objet, partie: null }, valeurs),
        );
      }
      continue;
    }
    const { argument, type } = geste.ligne;
    if (!objets.has(type)) objets.set(type, await lireObjets(monde.superutilisateur, type, departement));
    for (const [uuid, objet] of objets.get(type) ?? []) {
      if (dispositif !== null && objet.dispositif !== dispositif.code) continue;
      const chez = monde.dispositifs.find(({ code }) => code === objet.dispositif) ?? premier;
      for (const partie of geste.partie ? ['PORTEUR', 'DEPARTEMENT'] : [null]) {
        const valeurs = { [argument]: `${type}-${uuid}`, ...(partie && { partie }) };
        cibles.push(cible({ mutation, geste, departement, dispositif: chez, uuid, objet, partie }, valeurs));
      }
    }
  }
  return cibles;
}

function lieuxSansLigne(monde: Monde, geste: Geste, departement: Departement, dispositif: Dispositif | null) {
  const creation = geste.exige.some(({ sujet }) => sujet === 'Candidature');
  const lesDispositifs = dispositif === null ? monde.dispositifs.slice(0, 2) : [dispositif];
  const lieux = creation ? choixDeCreation(departement) : [];
  return lesDispositifs.flatMap((chez) => {
    if (!creation) {
      const valeurs = geste.valeurs?.({ departement, dispositif: chez }) ?? {};
      const codes = [valeurs['territoires'] ?? valeurs['territoire'] ?? []].flat() as string[];
      const objet = { ...SANS_CHAMP, dispositif: chez.code, territoireIds: monde.idsDe(codes), etat: 'BROUILLON' };
      return [{ valeurs: {}, objet, chez }];
    }
    return lieux.map(({ structureId, territoires }) => ({
      valeurs: { structureId: `Structure-${structureId}`, territoires },
      objet: { dispositif: chez.code, structureId, territoireIds: monde.idsDe(territoires), etat: 'BROUILLON' },
      chez,
    }));
  });
}

function cible(sans: Omit<Cible, 'requete'>, valeurs: Readonly<Record<string, unknown>>): Cible {
  const { mutation, geste, departement, dispositif } = sans;
  const input = mutation.args.find(({ name }) => name === 'input');
  if (input === undefined) throw new Error(`${mutation.name} n’a pas d’argument « input ».`);
  const propres = geste.valeurs?.({ departement, dispositif }) ?? {};
  const saisie = saisir(input.type, { texte: 'Attaque', valeurs: { ...propres, ...valeurs } });
  return { ...sans, requete: requeteDe(mutation, saisie) };
}

/** The mutation with its errors, and its object where it has one. */
export function requeteDe(mutation: GraphQLField<unknown, unknown>, input: unknown): Requete {
  const type = String((mutation.args[0] as { type: GraphQLInputType }).type);
  const query = `mutation A($input: ${type}) { ${mutation.name}(input: $input) { __typename errors { code message path } } }`;
  return { query, variables: { input } };
}

/** What the declared rights say of this actor there. */
export function classeAttendue(monde: Monde, acteur: Acteur | null, cible: Cible): Classe {
  if (acteur === null) return 'NON_AUTHENTIFIE';
  if (!estHabilite(acteur)) return 'NON_HABILITE';
  const { geste, objet } = cible;
  const { oracle } = monde;
  // A row of another tenant does not exist here.
  if (acteur.departement !== cible.departement) return 'INTROUVABLE';
  for (const exigence of geste.exige) {
    const { action, sujet, toujoursDite } = exigence;
    const vu = champsDuSujet(exigence, objet);
    if (oracle.peut(acteur, action, sujet, vu)) continue;
    if (toujoursDite || action === 'creer') return 'ACTION_INTERDITE';
    return action !== 'lire' && oracle.peut(acteur, 'lire', sujet, vu) ? 'ACTION_INTERDITE' : 'INTROUVABLE';
  }
  return oracle.dansSaQualite(acteur, geste, cible) ? 'PERMIS' : 'ACTION_INTERDITE';
}

/** Of a row, what another subject knows of it: the rights on an enveloppe ask nothing of the appel's territories. */
function champsDuSujet({ sujet }: Exigence, objet: ObjetLu): ObjetLu {
  if (sujet === 'Enveloppe' || sujet === 'Tache' || sujet === 'Parametre') {
    return { ...SANS_CHAMP, dispositif: objet.dispositif };
  }
  return ['Bordereau', 'Territoire', 'Habilitation', 'Structure'].includes(sujet)
    ? { ...objet, dispositif: null }
    : objet;
}

export interface ClasseLue {
  readonly classe: string;
  readonly reussie: boolean;
}

/** What happened. A code that is neither a refusal of access nor a fault of the protocol is the domain's business. */
export function classeObtenue({ data, errors }: Reponse): ClasseLue {
  const [faute] = errors ?? [];
  if (faute !== undefined) return { classe: String(faute.extensions?.['code']), reussie: false };
  const charge = Object.values(data ?? {})[0] as { errors?: { code: string }[] } | null | undefined;
  const codes = (charge?.errors ?? []).map(({ code }) => code);
  const acces = codes.find((code) => code === 'ACTION_INTERDITE' || code === 'INTROUVABLE');
  return { classe: acces ?? 'PERMIS', reussie: codes.length === 0 };
}

/** The target as it is now: an allowed mutation may have changed its row. */
export async function rafraichir(monde: Monde, cible: Cible): Promise<Cible> {
  const { ligne } = cible.geste;
  if (cible.uuid === null || ligne === undefined) return cible;
  const objet = await lireObjet(monde.superutilisateur, ligne.type, cible.uuid);
  return objet === null ? cible : { ...cible, objet };
}

/** What makes two targets the same attack for an actor: one of each is enough in the bounded form. */
export function signature(acteur: Acteur | null, cible: Cible, attendue: Classe, fine: boolean): string {
  const { objet, mutation, partie, geste } = cible;
  // What each dispositif has is one mutation a dispositif, made by one code.
  const nom = fine ? mutation.name : Object.values(GESTES).indexOf(geste);
  const siens = acteur?.habilitations ?? [];
  const chez = siens.some(({ structureId }) => structureId !== null && structureId === objet.structureId);
  const portees = siens.map(({ role }) => ROLES[role].portee).join();
  return [nom, attendue, partie, chez, portees, fine ? JSON.stringify(objet) : ''].join(' ');
}
