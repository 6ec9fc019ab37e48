// What a provider's schema looks like as JSON, and as the plugin protocol has it.
package main

import (
	"encoding/json"
	"log"
	"sort"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type attribute struct {
	Type       json.RawMessage `json:"type"`
	NestedType *struct {
		Attributes  map[string]attribute `json:"attributes"`
		NestingMode string               `json:"nesting_mode"`
	} `json:"nested_type"`
	Required, Optional, Computed, Sensitive bool
	WriteOnly                               bool `json:"write_only"`
}
type blockType struct {
	NestingMode string `json:"nesting_mode"`
	Block       block  `json:"block"`
	MinItems    int64  `json:"min_items"`
	MaxItems    int64  `json:"max_items"`
}
type block struct {
	Attributes map[string]attribute `json:"attributes"`
	BlockTypes map[string]blockType `json:"block_types"`
}
type schema struct {
	Version int64 `json:"version"`
	Block   block `json:"block"`
}
type document struct {
	Provider    schema            `json:"provider"`
	Resources   map[string]schema `json:"resource_schemas"`
	DataSources map[string]schema `json:"data_source_schemas"`
}

func kindOf(raw json.RawMessage) tftypes.Type {
	if len(raw) == 0 {
		return tftypes.DynamicPseudoType
	}
	t, err := tftypes.ParseJSONType(raw) //nolint:staticcheck
	if err != nil {
		log.Fatalf("type %s: %v", raw, err)
	}
	return t
}

func sorted[T any](m map[string]T) []string {
	names := make([]string, 0, len(m))
	for n := range m {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

func attributes(m map[string]attribute) (list []*tfprotov6.SchemaAttribute) {
	for _, n := range sorted(m) {
		a := m[n]
		s := &tfprotov6.SchemaAttribute{Name: n, Required: a.Required, Optional: a.Optional, Computed: a.Computed, Sensitive: a.Sensitive, WriteOnly: a.WriteOnly}
		if a.NestedType != nil {
			s.NestedType = &tfprotov6.SchemaObject{Attributes: attributes(a.NestedType.Attributes), Nesting: map[string]tfprotov6.SchemaObjectNestingMode{
				"single": tfprotov6.SchemaObjectNestingModeSingle, "list": tfprotov6.SchemaObjectNestingModeList, "set": tfprotov6.SchemaObjectNestingModeSet, "map": tfprotov6.SchemaObjectNestingModeMap}[a.NestedType.NestingMode]}
		} else {
			s.Type = kindOf(a.Type)
		}
		list = append(list, s)
	}
	return
}

func (b block) proto() *tfprotov6.SchemaBlock {
	p := &tfprotov6.SchemaBlock{Attributes: attributes(b.Attributes)}
	for _, n := range sorted(b.BlockTypes) {
		t := b.BlockTypes[n]
		p.BlockTypes = append(p.BlockTypes, &tfprotov6.SchemaNestedBlock{TypeName: n, Block: t.Block.proto(), MinItems: t.MinItems, MaxItems: t.MaxItems, Nesting: map[string]tfprotov6.SchemaNestedBlockNestingMode{
			"single": tfprotov6.SchemaNestedBlockNestingModeSingle, "list": tfprotov6.SchemaNestedBlockNestingModeList, "set": tfprotov6.SchemaNestedBlockNestingModeSet, "map": tfprotov6.SchemaNestedBlockNestingModeMap, "group": tfprotov6.SchemaNestedBlockNestingModeGroup}[t.NestingMode]})
	}
	return p
}

func (s schema) proto() *tfprotov6.Schema {
	return &tfprotov6.Schema{Version: s.Version, Block: s.Block.proto()}
}
