import type { DynamicModule } from '@nestjs/common';
import { ClesMaitres, ENTITES_ACCES, SillageAccessModule, SillageCoffreModule } from '@sillage/access';
import type { Configuration } from '@sillage/configuration';
import {
  Clamd,
  colonnesChiffreesCore,
  type DepotDePieces,
  DepotDisque,
  DepotS3,
  entitesCore,
  type OptionsPieces,
  SillageCoreModule,
} from '@sillage/core';
import type { Dispositif } from '@sillage/dispositif-kit';
import { SillageJobsModule } from '@sillage/jobs';
import type { ObservateurJobs, ReglagesJobs } from '@sillage/jobs';
import { type Horloge, horlogeDepuis, horlogeSysteme } from '@sillage/kernel';
import { type ClasseEntite, type RoleServant, SillagePersistenceModule } from '@sillage/persistence';

/** What an application is made of. */
export interface Composition {
  readonly configuration: Configuration;
  readonly dispositifs: readonly Dispositif[];
  /** The demonstration's or the system's clock, unless a test brings its own. */
  readonly horloge?: Horloge | undefined;
}

export interface OptionsModules extends Composition {
  /** The PostgreSQL role under which this process serves: `sillage_app` by default. */
  readonly role?: RoleServant;
  readonly observateurJobs?: ObservateurJobs;
  /** Changes to the jobs' default delays. */
  readonly reglagesJobs?: Partial<ReglagesJobs> | undefined;
}

/** The modules that gateway and worker share: the same services, whoever calls them. */
export function modulesCommuns(options: OptionsModules): DynamicModule[] {
  const { configuration, dispositifs, role, observateurJobs, reglagesJobs } = options;
  const horloge = horlogeDe(options);
  return [
    SillagePersistenceModule.forRoot({ ...configuration.baseDeDonnees, role, entites: entites(dispositifs) }),
    SillageAccessModule.pour({
      useFactory: () => ({
        oidc: configuration.oidc,
        habilitationsTtlSecondes: configuration.habilitationsTtlSecondes,
        horloge,
      }),
    }),
    SillageCoffreModule.pour({
      cles: new ClesMaitres(configuration.clesMaitres),
      colonnes: colonnesChiffreesCore,
      horloge,
    }),
    SillageJobsModule.forRoot({
      file: configuration.file,
      horloge,
      ...(observateurJobs && { observateur: observateurJobs }),
      ...(reglagesJobs && { reglages: reglagesJobs }),
    }),
    SillageCoreModule.forRoot({
      dispositifs,
      horloge,
      conservationLecturesMois: configuration.conservationLecturesMois,
      pieces: optionsPieces(configuration),
    }),
  ];
}

function optionsPieces({ pieces }: Configuration): OptionsPieces {
  const { clamd, tailleMaxOctets } = pieces;
  return { depot: depotDePieces(pieces), scanner: clamd === null ? null : new Clamd(clamd), tailleMaxOctets };
}

function depotDePieces({ dossier, s3 }: Configuration['pieces']): DepotDePieces | null {
  if (s3 !== null) return new DepotS3(s3);
  return dossier === null ? null : new DepotDisque(dossier);
}

/** Every table that the application knows: the core's, those of identity, the dispositifs'. */
export function entites(dispositifs: readonly Dispositif[]): ClasseEntite[] {
  const declarees = dispositifs.flatMap((d) => Object.values(d.entites ?? []) as ClasseEntite[]);
  return [...entitesCore, ...ENTITES_ACCES, ...declarees];
}

export function horlogeDe({ configuration, horloge }: Composition): Horloge {
  if (horloge !== undefined) return horloge;
  return configuration.horlogeDemo === null ? horlogeSysteme : horlogeDepuis(configuration.horlogeDemo);
}
