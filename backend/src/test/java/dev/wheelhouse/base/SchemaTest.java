package dev.wheelhouse.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Schemas as people and their libraries write them.
class SchemaTest {

    private static JsonNode json(String text) {
        return Json.read(text.replace('\'', '"'));
    }

    private static List<String> mistakes(String schema) {
        return Schema.mistakes(json(schema)).stream()
                .map(mistake -> mistake.path() + " " + mistake.message() + ". " + mistake.hint())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object'}",
                "{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false}",
                "{'type':'object','properties':{'type':{'type':'string','default':{'type':'int'}}}}",
                "{'$schema':'https://json-schema.org/draft/2020-12/schema','type':'object'}",
                "{'$schema':'http://json-schema.org/draft-07/schema#','type':'object'}",
                "{'title':'Person','type':'object','properties':{'name':{'title':'Name','type':'string','default':'x'}}}",
                "{'type':'object','properties':{'a':{'anyOf':[{'type':'integer'},{'type':'null'}]}}}",
                "{'$defs':{'n':{'type':'object','properties':{'next':{'$ref':'#/$defs/n'}}}},'$ref':'#/$defs/n'}",
                "{'type':'object','properties':{'inner':{'$ref':'#'}}}",
                "{'type':'object','properties':{'day':{'type':'string','format':'date','pattern':'^\\\\d{4}-\\\\d\\\\d'}}}",
                "{'type':'object','properties':{'$ref':{'type':'string'},'pattern':{'type':'string'}}}",
                "{'type':'object','properties':{'requierd':{'type':'string'}},'x-order':['a'],'propertyOrdering':['a']}",
                "{'type':'object','definitions':{'a/b~c':{'type':'string'}},'properties':{'x':{'$ref':'#/definitions/a~1b~0c'}}}",
                "{'type':'object','properties':{'a':{'pattern':'\\\\u0041+'}},'patternProperties':{'^x':{}}}",
                "{'type':'object','properties':{'a':true,'b':false},'unevaluatedProperties':false}",
                "{'type':'object','properties':{'e':{'enum':['a',1,null,{'$ref':'http://x'}]},'c':{'const':{'$id':'x'}}}}"
            })
    void what_libraries_write_can_be_used(String schema) {
        assertThat(mistakes(schema)).isEmpty();
        assertThat(Schema.of(json(schema)).wrong(json("[]"))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "object"                                                        | must be an object
            []                                                              | must be an object
            true                                                            | must be an object
            {}                                                              | "type": "object"
            {'type':'array','items':{'type':'string'}}                      | "type": "object"
            {'type':['object','null']}                                      | "type": "object"
            {'anyOf':[{'type':'object'}]}                                   | "type": "object"
            {'type':'objekt'}                                               | /type
            {'type':'object','properties':{'a':'string'}}                   | /properties/a
            {'type':'object','properties':{'a':{'type':'int'}}}             | /properties/a/type
            {'type':'object','required':'a'}                                | /required
            {'type':'object','required':['a','a']}                          | /required
            {'type':'object','properties':{'a':{'minLength':-1}}}           | /properties/a/minLength
            {'type':'object','properties':{'a':{'items':[{},{}]}}}          | /properties/a/items
            {'type':'object','requierd':['a']}                              | Did you mean "required"?
            {'type':'object','propertys':{}}                                | Did you mean "properties"?
            {'type':'object','properties':{'a':{'tpye':'string'}}}          | Did you mean "type"?
            {'type':'object','properties':{'a':{'type':'int'}}}             | There is no type "int". Write "integer"
            {'type':'objekt'}                                               | There is no type "objekt". Did you mean "object"?
            {'type':'object','properties':{'a':{'type':['string','text']}}} | /properties/a/type/1 There is no type "text"
            {'type':'object','properties':{'a':{'items':{'type':'str'}}}}   | /properties/a/items/type There is no type "str"
            {'type':'object','additionalproperties':false}                  | Did you mean "additionalProperties"?
            {'type':'object','$ref':'https://example.org/x.json'}           | outside this schema
            {'type':'object','properties':{'a':{'$ref':'file:///etc/x'}}}   | outside this schema
            {'type':'object','properties':{'a':{'$ref':'other.json#/a'}}}   | outside this schema
            {'type':'object','properties':{'a':{'$ref':'#/$defs/b'}}}       | leads to no schema
            {'type':'object','properties':{'a':{'$ref':'#/x-b'}},'x-b':{}}  | leads to no schema
            {'type':'object','$ref':'#'}                                    | refers to itself
            {'$ref':'#/$defs/a','$defs':{'a':{'$ref':'#/$defs/b'},'b':{'anyOf':[{'$ref':'#/$defs/a'}]}}} | refers to itself
            {'type':'object','not':{'$ref':'#'}}                            | refers to itself
            {'$id':'http://example.org','type':'object'}                    | "$id" is not supported
            {'type':'object','properties':{'a':{'$dynamicRef':'#x'}}}       | "$dynamicRef" is not supported
            {'$schema':'http://json-schema.org/draft-04/schema#','type':'object'} | "$schema" is
            {'type':'object','properties':{'a':{'pattern':'('}}}            | not a pattern
            {'type':'object','properties':{'a':{'pattern':'(?=x)y'}}}       | without look-ahead
            {'type':'object','properties':{'a':{'pattern':'(a)\\\\1'}}}     | not a pattern
            {'type':'object','patternProperties':{'[':{}}}                  | not a pattern
            {'type':'object','properties':{'a':{'pattern':'((a{1000}){1000}){1000}'}}} | not a pattern
            """)
    void what_cannot_be_used_is_refused_in_words(String schema, String said) {
        assertThat(mistakes(schema.strip().replace("\\\\\\\\", "\\\\")).toString())
                .contains(said.strip());
    }

    @Test
    void all_mistakes_are_told_at_once_each_with_its_place() {
        assertThat(
                        mistakes(
                                "{'type':'object','requierd':[],'properties':{'a':{'type':'text'},'b':{'$ref':'#/no'},'c':{'pattern':'['}}}"))
                .hasSize(4);
    }

    @Test
    void references_that_double_again_and_again_are_refused() {
        String definitions = IntStream.range(0, 30)
                .mapToObj(n ->
                        "'d%d':{'anyOf':[{'$ref':'#/$defs/d%d'},{'$ref':'#/$defs/d%d'}]}".formatted(n, n + 1, n + 1))
                .collect(Collectors.joining(","));
        assertThat(mistakes("{'type':'object','properties':{'a':{'$ref':'#/$defs/d0'}},'$defs':{%s,'d30':{}}}"
                                .formatted(definitions))
                        .toString())
                .contains("more than 2,000 schemas");
    }

    @Test
    void schema_that_is_too_long_or_too_deep_is_refused() {
        String deep = "{'type':'object','properties':{'a':".repeat(20) + "{}" + "}}".repeat(20);
        assertThat(mistakes(deep).toString()).contains("41 levels");
        assertThat(mistakes("{'type':'object','description':'%s'}".formatted("x".repeat(60_000)))
                        .toString())
                .contains("at most 50,000 characters");
    }

    @Test
    void pattern_takes_no_longer_than_its_text_is_long() {
        var schema = Schema.of(json("{'type':'object','properties':{'a':{'pattern':'^(a+)+$'}}}"));
        var value = json("{'a':'%s!'}".formatted("a".repeat(50_000)));

        Assertions.assertTimeoutPreemptively(
                Duration.ofMinutes(2), () -> assertThat(schema.wrong(value)).hasSize(1));
    }

    @Test
    void value_that_does_not_match_is_told_all_that_is_wrong() {
        var schema = Schema.of(
                json(
                        "{'type':'object','properties':{'name':{'type':'string'},'age':{'type':'integer','minimum':0}},'required':['name'],'additionalProperties':false}"));

        assertThat(schema.wrong(json("{'name':'Ann','age':3}"))).isEmpty();
        assertThat(schema.wrong(json("{'age':-1,'nam':'x'}")).toString())
                .contains("required property 'name'", "/age is -1", "Did you mean \"name\"?");
    }
}
