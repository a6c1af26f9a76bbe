import type { NomRequete } from './requetes.js';

/** Beyond it, Sillage says "at least": the others count to the end. */
const PLAFOND_DU_COMPTE = 1_000;

type Objet = Record<string, unknown>;

/**
 * The facts of an answer, whatever its server's words: ids are uuids, amounts are euros, counts stop at the cap, what has no
 * order is sorted, cursors are left out.
 */
export function normaliser(requete: NomRequete, data: Objet): unknown {
  switch (requete) {
    case 'Q1':
    case 'Q5': {
      const { totalCount, pageInfo, nodes } = data['accompagnements'] as Objet;
      return {
        totalCount: Math.min(Number(totalCount), PLAFOND_DU_COMPTE),
        hasNextPage: (pageInfo as Objet)['hasNextPage'],
        nodes: liste(nodes).map(accompagnement),
      };
    }
    case 'Q2':
      return data['accompagnement'] === null ? null : accompagnement(data['accompagnement'] as Objet);
    case 'Q3':
      return trier(
        liste(data['accompagnementsParEtat']).map(({ territoire, dispositif, etat, nombre }) => ({
          territoire: codeDe(territoire),
          dispositif,
          etat,
          nombre: Number(nombre),
        })),
      );
    case 'Q4':
      return liste((data['candidatures'] as Objet)['nodes']).map(candidature);
  }
}

/** The row behind an opaque id: the uuid that it is, that it holds, or that it hides in base64. */
export function uuidDe(id: unknown): string {
  const texte = String(id);
  for (const lecture of [texte, Buffer.from(texte, 'base64url').toString('latin1')]) {
    const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/.exec(lecture)?.[0];
    if (uuid !== undefined) return uuid;
  }
  throw new Error(`Identifiant illisible : « ${texte} ».`);
}

function accompagnement({ id, numero, dispositif, etat, du, au, jeune, structure, actes }: Objet): Objet {
  const { identite = jeune } = jeune as Objet;
  const { prenom, nom } = identite as Objet;
  const { totalCount, nodes } = actes as Objet;
  return {
    id: uuidDe(id),
    numero,
    dispositif,
    etat,
    du,
    au,
    jeune: { prenom, nom },
    structure: (structure as Objet)['raisonSociale'],
    actes: {
      totalCount: Number(totalCount),
      nodes: liste(nodes).map((acte) => ({ id: uuidDe(acte['id']), nature: acte['nature'], date: acte['date'] })),
    },
  };
}

function candidature({ id, numero, etat, structure, territoires, convention }: Objet): Objet {
  return {
    id: uuidDe(id),
    numero,
    etat,
    structure: (structure as Objet)['raisonSociale'],
    territoires: liste(territoires)
      .map((territoire) => codeDe(territoire['territoire'] ?? territoire))
      .sort(),
    convention: convention === null ? null : conventionDe(convention as Objet),
  };
}

function conventionDe(convention: Objet): Objet {
  return {
    ...dossier(convention),
    versements: liste(convention['versements']).map((versement) => ({
      ...dossier(versement),
      tranche: versement['tranche'],
    })),
  };
}

function dossier({ id, numero, etat, montant, montantCentimes }: Objet): Objet {
  return { id: uuidDe(id), numero, etat, montant: montant ?? enEuros(String(montantCentimes)) };
}

function enEuros(centimes: string): string {
  const chiffres = centimes.padStart(3, '0');
  return `${chiffres.slice(0, -2)}.${chiffres.slice(-2)}`;
}

function codeDe(territoire: unknown): string {
  return typeof territoire === 'string' ? territoire : String((territoire as Objet)['code']);
}

/** A plain list, or the nodes of a connection. */
function liste(valeur: unknown): Objet[] {
  return (Array.isArray(valeur) ? valeur : (valeur as { nodes: unknown })['nodes']) as Objet[];
}

function trier(lignes: Objet[]): Objet[] {
  const cle = (ligne: Objet): string => JSON.stringify(ligne);
  return lignes.sort((a, b) => (cle(a) < cle(b) ? -1 : 1));
}

/** Where two answers first differ, for people; undefined when they say the same. */
export function difference(attendu: unknown, obtenu: unknown, chemin = 'réponse'): string | undefined {
  if (estObjet(attendu) && estObjet(obtenu)) {
    const cles = new Set([...Object.keys(attendu), ...Object.keys(obtenu)]);
    for (const cle of cles) {
      const trouvee = difference(attendu[cle], obtenu[cle], `${chemin}.${cle}`);
      if (trouvee !== undefined) return trouvee;
    }
    return undefined;
  }
  if (Object.is(attendu, obtenu)) return undefined;
  return `${chemin} : ${JSON.stringify(attendu)} attendu, ${JSON.stringify(obtenu)} obtenu`;
}

function estObjet(valeur: unknown): valeur is Objet {
  return typeof valeur === 'object' && valeur !== null;
}
