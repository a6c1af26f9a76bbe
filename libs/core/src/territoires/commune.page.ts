import { Refus } from '@sillage/kernel';
import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { ArgsType, Field, Int } from '@nestjs/graphql';
import type { Connexion } from '../api/index.js';
import type { PageCommunes } from './commune.service.js';
import type { CommuneType } from './commune.types.js';

/**
 * Communes are national facts, known by their INSEE code and not by one of our ids: their list follows that code, which
 * within a département is nearly alphabetical, and is read forwards only.
 */
@ArgsType()
export class CommunesArgs {
  @Field(() => String, { nullable: true, description: 'Code ou nom d’un territoire.' })
  territoire?: string | null;

  @Field(() => String, { nullable: true, description: 'Début d’un code INSEE ou partie d’un nom.' })
  recherche?: string | null;

  @Field(() => DateCivileScalaire, {
    nullable: true,
    description: 'Jour auquel lire les territoires ; aujourd’hui par défaut.',
  })
  date?: string | null;

  @Field(() => Int, { nullable: true, description: 'Taille de la page (au plus 100).' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Curseur après lequel la page commence.' })
  after?: string | null;
}

export function connexionCommunes(
  { communes, hasNextPage, hasPreviousPage }: PageCommunes & { hasPreviousPage: boolean },
  presenter: (commune: PageCommunes['communes'][number]) => CommuneType,
): Connexion<CommuneType> {
  const edges = communes.map((c) => ({ cursor: ecrireCurseur(c.code), node: presenter(c) }));
  const pageInfo = {
    hasNextPage,
    hasPreviousPage,
    startCursor: edges.at(0)?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { nodes: edges.map((edge) => edge.node), edges, pageInfo };
}

/** Code of the commune that a cursor stands for. @throws Refus CURSEUR_INVALIDE */
export function lireCurseur(curseur: string): string {
  const code = /^commune:([0-9AB]{5})$/.exec(Buffer.from(curseur, 'base64url').toString('utf8'))?.[1];
  if (code !== undefined) return code;
  throw Refus.de('CURSEUR_INVALIDE', 'Ce curseur n’est pas l’un des nôtres : reprenez celui de « pageInfo ».', {
    path: ['after'],
  });
}

function ecrireCurseur(code: string): string {
  return Buffer.from(`commune:${code}`).toString('base64url');
}
