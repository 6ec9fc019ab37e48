package dev.wheelhouse.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionFormTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'type':'string'}",
                "{'type':['string','null']}",
                "{'type':'integer','minimum':1,'maximum':1}",
                "{'enum':['a','b']}",
                "{'type':'string','enum':['a',1]}",
                "{'const':5}",
                "{'type':'object','properties':{'pattern':{'type':'string'}},'required':['pattern']}",
                "{'type':'object','required':['a']}",
                "{'type':'array','items':{'type':'number'},'minItems':1,'maxItems':3}",
                "{'type':'string','format':'date','title':'When','description':'A day'}"
            })
    void form_that_can_be_filled_in_is_asked(String schema) {
        assertThat(QuestionForm.mistake(Json.read(schema.replace('\'', '"')))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'int'}",
                "{'type':'str'}",
                "{'type':'String'}",
                "{'type':'date'}",
                "{'type':['string','text']}",
                "{'type':5}",
                "{'type':[]}",
                "{'type':'object','properties':{'n':{'type':'float'}}}",
                "{'type':'object','properties':['a']}",
                "{'type':'object','required':'a'}",
                "{'type':'array','items':'string'}",
                "{'type':'string','minLength':-1}",
                "{'type':'string','minLength':5,'maxLength':4}",
                "{'type':'integer','minimum':2,'maximum':1}",
                "{'type':'integer','minimum':'2'}",
                "{'type':'array','minItems':2,'maxItems':1}",
                "{'enum':[]}",
                "{'enum':'a'}",
                "{'type':'string','enum':[1,2]}",
                "{'type':'string','const':1}",
                "{'type':'object','additionalProperties':false,'required':['a']}",
                "{'type':'object','properties':{'a':false},'required':['a']}",
                "{'type':'object','properties':{'a':{'type':'integer','minimum':2,'maximum':1}}}",
                "{'pattern':'(a+)+$'}",
                "{'$ref':'https://example.org/schema'}",
                "{'type':'object','properties':{'a':{'$ref':'#'}}}"
            })
    void form_that_nobody_can_fill_in_is_refused_in_words(String schema) {
        String mistake = QuestionForm.mistake(Json.read(schema.replace('\'', '"')));

        assertThat(mistake).isNotBlank().doesNotContain("Exception", ": null", "null.");
    }
}
