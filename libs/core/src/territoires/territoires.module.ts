import { SillageReadModule } from '@sillage/read';
import { Module } from '@nestjs/common';
import { racinesCommunes } from './commune.lu.js';
import { CommuneResolver } from './commune.resolver.js';
import { CommuneService } from './commune.service.js';
import { RattachementService } from './rattachement.service.js';
import { racinesTerritoires } from './territoire.lu.js';
import { TerritoireService } from './territoire.service.js';

/** Territories and communes. */
@Module({
  imports: [SillageReadModule.forFeature({ racines: [...racinesTerritoires, ...racinesCommunes] })],
  providers: [TerritoireService, CommuneService, RattachementService, CommuneResolver],
  exports: [TerritoireService, CommuneService],
})
export class TerritoiresModule {}
