// A stand-in for a Terraform provider: it has the provider's schema and no cloud. It makes init, validate, plan, apply, test and destroy run
// without a network: what is computed gets a made-up value, what was configured is kept.
//
//	STANDIN_SCHEMA=google.json   the schema, as schema.py or "tofu providers schema -json" writes it (one provider)
package main

import (
	"context"
	"encoding/json"

	"log"
	"os"

	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

type server struct {
	tfprotov6.ProviderServer
	doc document
	one *tfprotov6.GetProviderSchemaResponse
}

func (s *server) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	return &tfprotov6.GetMetadataResponse{ServerCapabilities: s.one.ServerCapabilities}, nil
}
func (s *server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return s.one, nil
}
func (s *server) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}
func (s *server) ValidateProviderConfig(_ context.Context, r *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: r.Config}, nil
}
func (s *server) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}
func (s *server) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}
func (s *server) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}
func (s *server) ValidateDataResourceConfig(context.Context, *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}
func (s *server) UpgradeResourceState(_ context.Context, r *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	t := s.doc.Resources[r.TypeName].proto().ValueType()
	v, err := r.RawState.Unmarshal(t)
	if err != nil {
		return nil, err
	}
	d, err := tfprotov6.NewDynamicValue(t, v)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &d}, err
}
func (s *server) ReadResource(_ context.Context, r *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: r.CurrentState, Private: r.Private}, nil
}
func (s *server) PlanResourceChange(_ context.Context, r *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	b := s.doc.Resources[r.TypeName]
	t := b.proto().ValueType()
	v, err := r.ProposedNewState.Unmarshal(t)
	if err != nil || v.IsNull() {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: r.ProposedNewState}, err
	}
	prior, err := r.PriorState.Unmarshal(t)
	if err != nil {
		return nil, err
	}
	d, err := tfprotov6.NewDynamicValue(t, b.Block.fill(r.TypeName, b.Block.keep(v, prior), unknown))
	return &tfprotov6.PlanResourceChangeResponse{PlannedState: &d, UnsafeToUseLegacyTypeSystem: true}, err
}
func (s *server) ApplyResourceChange(_ context.Context, r *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	b := s.doc.Resources[r.TypeName]
	t := b.proto().ValueType()
	v, err := r.PlannedState.Unmarshal(t)
	if err != nil || v.IsNull() {
		return &tfprotov6.ApplyResourceChangeResponse{NewState: r.PlannedState}, err
	}
	d, err := tfprotov6.NewDynamicValue(t, b.Block.fill(r.TypeName, v, madeUp))
	return &tfprotov6.ApplyResourceChangeResponse{NewState: &d, UnsafeToUseLegacyTypeSystem: true}, err
}
func (s *server) ReadDataSource(_ context.Context, r *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	b := s.doc.DataSources[r.TypeName]
	t := b.proto().ValueType()
	v, err := r.Config.Unmarshal(t)
	if err != nil {
		return nil, err
	}
	d, err := tfprotov6.NewDynamicValue(t, b.Block.fill("data."+r.TypeName, v, madeUp))
	return &tfprotov6.ReadDataSourceResponse{State: &d}, err
}
func (s *server) GetFunctions(context.Context, *tfprotov6.GetFunctionsRequest) (*tfprotov6.GetFunctionsResponse, error) {
	return &tfprotov6.GetFunctionsResponse{}, nil
}

func main() {
	text, err := os.ReadFile(os.Getenv("STANDIN_SCHEMA"))
	if err != nil {
		// beside the program, named like it: terraform-provider-google_v6 -> google.json
		text, err = os.ReadFile(os.Args[0] + ".json")
	}
	if err != nil {
		log.Fatal("no schema: set STANDIN_SCHEMA, or put it beside the program as NAME.json")
	}
	s := &server{}
	if err := json.Unmarshal(text, &s.doc); err != nil {
		log.Fatal(err)
	}
	s.one = &tfprotov6.GetProviderSchemaResponse{Provider: s.doc.Provider.proto(), ResourceSchemas: map[string]*tfprotov6.Schema{}, DataSourceSchemas: map[string]*tfprotov6.Schema{},
		ServerCapabilities: &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true}}
	for n, r := range s.doc.Resources {
		s.one.ResourceSchemas[n] = r.proto()
	}
	for n, d := range s.doc.DataSources {
		s.one.DataSourceSchemas[n] = d.proto()
	}
	name := "standin"
	if i := strings.LastIndex(os.Args[0], "terraform-provider-"); i >= 0 {
		name = "standin/" + strings.Split(os.Args[0][i+len("terraform-provider-"):], "_")[0]
	}
	if err := tf6server.Serve(name, func() tfprotov6.ProviderServer { return s }); err != nil {
		log.Fatal(err)
	}
}
