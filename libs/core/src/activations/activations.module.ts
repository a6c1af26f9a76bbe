import { SillageReadModule } from '@sillage/read';
import { Module } from '@nestjs/common';
import { DispositifsModule } from '../dispositifs/index.js';
import { TerritoiresModule } from '../territoires/index.js';
import { AdministrationActivations } from './activation.administration.js';
import { activationsDuDispositif } from './activation.lu.js';
import { RepriseDesJobs } from './activation.reprise.js';
import { ActivationResolver } from './activation.resolver.js';
import { ActivationService } from './activation.service.js';

/** Where and when each dispositif is on. */
@Module({
  imports: [TerritoiresModule, DispositifsModule, SillageReadModule.forFeature({ pages: [activationsDuDispositif] })],
  providers: [ActivationService, AdministrationActivations, RepriseDesJobs, ActivationResolver],
  exports: [ActivationService, AdministrationActivations],
})
export class ActivationsModule {}
