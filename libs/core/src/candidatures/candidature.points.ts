import type { ContexteActeur } from '@sillage/access';
import { Refus } from '@sillage/kernel';
import type { CalculDeChamp } from '@sillage/read';
import { Injectable } from '@nestjs/common';
import { Field, ObjectType } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import { Erreur } from '../api/index.js';
import { type DossierCandidature, DossiersCandidature, lireChamps, type Recevabilite } from './candidature.dossier.js';

@ObjectType({ description: 'Un cas limite : il n’empêche pas le dépôt, une personne le confirme à la décision.' })
export class PointAConfirmer {
  @Field(() => String) regle!: string;
  @Field(() => [Erreur]) motifs!: Erreur[];
}

/** The borderline points of each candidature; none while its draft cannot be read as a whole. */
@Injectable()
export class PointsDeCandidature implements CalculDeChamp {
  constructor(private readonly dossiers: DossiersCandidature) {}

  async calculer(
    em: EntityManager,
    contexte: ContexteActeur,
    uuids: readonly string[],
  ): Promise<readonly PointAConfirmer[][]> {
    const dossiers = await this.dossiers.lireTous(em, contexte, uuids);
    const lisibles = dossiers.filter(estLisible);
    const recevabilites = await this.dossiers.recevabilites(em, lisibles);
    const points = new Map(lisibles.map((dossier, rang) => [dossier, presenter(recevabilites[rang])]));
    return dossiers.map((dossier) => points.get(dossier) ?? []);
  }
}

function estLisible(dossier: DossierCandidature): boolean {
  try {
    lireChamps(dossier);
    return true;
  } catch (erreur) {
    if (erreur instanceof Refus) return false;
    throw erreur;
  }
}

function presenter({ aConfirmer }: Pick<Recevabilite, 'aConfirmer'> = { aConfirmer: [] }): PointAConfirmer[] {
  return aConfirmer.map(({ regle, motifs }) => ({
    regle,
    motifs: motifs.map(({ chemin, ...motif }) => ({ ...motif, path: chemin ?? [] })),
  }));
}
