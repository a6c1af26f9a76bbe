import { getNamedType, getNullableType, type GraphQLOutputType, isListType } from 'graphql';
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Champ } from '@sillage/read';
import { champDe, type RegistreLectures } from '../../libs/read/src/registre.js';

/** A field of the answer: under which key it comes, what it is, and what is asked of it. */
export interface ChampChoisi {
  readonly cle: string;
  readonly nom: string;
  /** Null for an object that no declaration describes: an explanation, a page's own fields. */
  readonly champ: Champ | null;
  readonly enfants: Plan | null;
}

/** By type name, its fields; a page stands for its nodes. */
export type Plan = ReadonlyMap<string, readonly ChampChoisi[]>;

export interface Selection {
  readonly texte: string;
  readonly plan: Plan;
}

interface ChampEcrit {
  readonly texte: string;
  readonly choisi: ChampChoisi;
}

/** More than any row of the world has under it; four pages inside each other stay within the limit on the cost. */
const PAGE = 'first: 50';

/**
 * Everything that can be asked of a type, down to a depth: a field of tomorrow is asked the day it appears. Left out: what takes an
 * argument that must be given, and what code works out for the caller alone (`actionsPossibles`).
 */
export class Selecteur {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly registre: RegistreLectures,
  ) {}

  de(type: GraphQLOutputType, profondeur: number): Selection {
    const nomme = getNamedType(type);
    if (isInterfaceType(nomme)) {
      const variantes = this.schema.getPossibleTypes(nomme).map((variante) => {
        const { texte, plan } = this.#objet(variante, profondeur, Object.keys(nomme.getFields()));
        return { texte: `... on ${variante.name} {${texte}}`, plan };
      });
      const plan = new Map(variantes.flatMap((variante) => [...variante.plan]));
      return { texte: ['__typename', ...variantes.map(({ texte }) => texte)].join(' '), plan };
    }
    if (!isObjectType(nomme)) throw new Error(`${nomme.name} n’est pas un objet.`);
    return this.#objet(nomme, profondeur, null);
  }

  /** @param communs of an interface: what its types have beside may bear one name and be different things */
  #objet(type: GraphQLObjectType, profondeur: number, communs: readonly string[] | null): Selection {
    const lu = this.registre.types.find(({ nom }) => nom === type.name);
    const choisis = Object.values(type.getFields()).flatMap(({ name, type: typeChamp, args }): ChampEcrit[] => {
      const champ = (lu && champDe(lu, name)) ?? null;
      if (
        champ?.genre === 'calcule' ||
        args.some((argument) => isNonNullType(argument.type) && !argument.defaultValue)
      ) {
        if (champ?.genre !== 'page') return [];
      }
      const cle = communs === null || communs.includes(name) ? name : `${type.name}_${name}`;
      const entete = cle === name ? name : `${cle}: ${name}`;
      if (isLeafType(getNamedType(typeChamp)))
        return [{ texte: entete, choisi: { cle, nom: name, champ, enfants: null } }];
      if (profondeur === 0) return [];
      const page = champ?.genre === 'page';
      const dessous = page ? noeudsDe(typeChamp) : typeChamp;
      const partDeLaLigne = champ?.genre === 'partie' || champ?.genre === 'lignes';
      const { texte, plan } = this.de(dessous, partDeLaLigne ? profondeur : profondeur - 1);
      const corps = page ? `(${PAGE}) { totalCount nodes { ${texte} } }` : ` { ${texte} }`;
      return [{ texte: `${entete}${corps}`, choisi: { cle, nom: name, champ, enfants: plan } }];
    });
    return {
      texte: ['__typename', ...choisis.map(({ texte }) => texte)].join(' '),
      plan: new Map([[type.name, choisis.map(({ choisi }) => choisi)]]),
    };
  }
}

/** The type of the nodes of a connection. */
export function noeudsDe(type: GraphQLOutputType): GraphQLOutputType {
  const connexion = getNamedType(type);
  const nodes = isObjectType(connexion) ? connexion.getFields()['nodes'] : undefined;
  if (nodes === undefined) throw new Error(`${connexion.name} n’est pas une page.`);
  const liste = getNullableType(nodes.type);
  return isListType(liste) ? liste.ofType : liste;
}
